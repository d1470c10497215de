# status: tests_failed
# fails: test_empty
from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    price: float
    amount: int = 1

    def value(self):
        return self.price * self.amount


@dataclass
class Inventory:
    items: list = field(default_factory=list)

    def add(self, item):
        self.items.append(item)

    def total(self):
        return sum(item.value() for item in self.items)

    def names(self):
        return sorted(item.name for item in self.items)

    def cheapest(self):
        return sorted(self.items, key=lambda item: item.price)[0]
