def flatten(rows):
    """Returns everything that is in the rows as one list."""
