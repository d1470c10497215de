def flatten(rows):
    """Returns everything that is in the rows as one list."""
    return [item for row in rows for item in row]
