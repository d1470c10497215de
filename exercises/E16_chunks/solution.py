def chunks(items, size):
    """Yields the items in lists of that size."""
    if size < 1:
        raise ValueError("a chunk has at least one item")
    for start in range(0, len(items), size):
        yield items[start:start + size]
