def chunks(items, size):
    """Yields the items in lists of that size."""
