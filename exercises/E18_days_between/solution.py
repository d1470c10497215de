from datetime import date


def days_between(first, second):
    """Returns the number of days between two dates."""
    return abs((date.fromisoformat(second) - date.fromisoformat(first)).days)
