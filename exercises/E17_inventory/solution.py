from dataclasses import dataclass, field


@dataclass
class Item:
    """So many things of a kind."""

    name: str
    price: float
    amount: int = 1

    def value(self):
        return self.price * self.amount


@dataclass
class Inventory:
    """All that there is."""

    items: list = field(default_factory=list)

    def add(self, item):
        self.items.append(item)

    def total(self):
        return sum(item.value() for item in self.items)

    def names(self):
        return sorted(item.name for item in self.items)

    def cheapest(self):
        return min(self.items, key=lambda item: item.price, default=None)
