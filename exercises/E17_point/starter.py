from dataclasses import dataclass


@dataclass
class Point:
    """A place in the plane."""
