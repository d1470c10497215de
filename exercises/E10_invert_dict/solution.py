def invert(pairs):
    """Returns a dictionary from each value to the list of its keys."""
    inverted = {}
    for key, value in pairs.items():
        inverted.setdefault(value, []).append(key)
    return inverted
