from dataclasses import dataclass, field


@dataclass
class Item:
    """So many things of a kind."""


@dataclass
class Inventory:
    """All that there is."""
