# status: tests_failed
# fails: test_equal
from collections import Counter


class Cart:
    def __init__(self):
        self.items = Counter()

    def add(self, name, amount=1):
        self.items[name] += amount

    def __len__(self):
        return sum(self.items.values())

    def __contains__(self, name):
        return name in self.items

    def __getitem__(self, name):
        return self.items[name]

    def __add__(self, other):
        both = Cart()
        both.items = self.items + other.items
        return both
