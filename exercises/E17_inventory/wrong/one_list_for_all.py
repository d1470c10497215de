# status: tests_failed
# fails: test_total, test_names_in_order, test_cheapest_is_about_the_price, test_cheapest, test_empty, test_each_has_its_own_list
from dataclasses import dataclass


@dataclass
class Item:
    name: str
    price: float
    amount: int = 1

    def value(self):
        return self.price * self.amount


class Inventory:
    items = [Item("old", 0.5)]

    def add(self, item):
        self.items.append(item)

    def total(self):
        return sum(item.value() for item in self.items)

    def names(self):
        return sorted(item.name for item in self.items)

    def cheapest(self):
        return min(self.items, key=lambda item: item.price, default=None)
