def countdown(start):
    """Yields start, start - 1, ... down to 1."""
