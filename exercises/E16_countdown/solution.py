def countdown(start):
    """Yields start, start - 1, ... down to 1."""
    while start > 0:
        yield start
        start -= 1
