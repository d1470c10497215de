def transpose(rows):
    """Returns the table with rows and columns exchanged."""
