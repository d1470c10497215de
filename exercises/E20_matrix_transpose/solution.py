def transpose(rows):
    """Returns the table with rows and columns exchanged."""
    return [list(column) for column in zip(*rows)]
