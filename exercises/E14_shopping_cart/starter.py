class Cart:
    """A shopping cart."""

    def add(self, name, amount=1):
        """Puts things in."""
