def invert(pairs):
    """Returns a dictionary from each value to the list of its keys."""
