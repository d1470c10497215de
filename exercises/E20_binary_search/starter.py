def find(items, wanted):
    """Returns the place of a value in a sorted list, or None."""
