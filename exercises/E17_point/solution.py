from dataclasses import dataclass
from math import hypot


@dataclass
class Point:
    """A place in the plane."""

    x: float = 0
    y: float = 0

    def distance(self):
        """How far it is from (0, 0)."""
        return hypot(self.x, self.y)

    def moved(self, dx, dy):
        """A point that far away from this one."""
        return Point(self.x + dx, self.y + dy)
