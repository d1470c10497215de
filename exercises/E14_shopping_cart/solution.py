class Cart:
    """A shopping cart."""

    def __init__(self):
        self.items = {}

    def add(self, name, amount=1):
        """Puts things in."""
        self.items[name] = self[name] + amount

    def __len__(self):
        return sum(self.items.values())

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
        return isinstance(other, Cart) and self.items == other.items
