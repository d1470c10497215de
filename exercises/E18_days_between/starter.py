from datetime import date


def days_between(first, second):
    """Returns the number of days between two dates."""
