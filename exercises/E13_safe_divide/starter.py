def safe_divide(a, b):
    """Returns a / b, or None when b is 0."""
