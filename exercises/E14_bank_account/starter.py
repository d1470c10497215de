class Account:
    """A bank account."""
