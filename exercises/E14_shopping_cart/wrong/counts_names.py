# status: tests_failed
# fails: test_len_counts_things, test_plus_leaves_both
class Cart:
    def __init__(self):
        self.items = {}

    def add(self, name, amount=1):
        self.items[name] = self[name] + amount

    def __len__(self):
        return len(self.items)

    def __contains__(self, name):
        return name in self.items

    def __getitem__(self, name):
        return self.items.get(name, 0)

    def __add__(self, other):
        both = Cart()
        for cart in (self, other):
            for name, amount in cart.items.items():
                both.add(name, amount)
        return both

    def __eq__(self, other):
        return self.items == other.items
