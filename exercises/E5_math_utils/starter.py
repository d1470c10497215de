def clamp(value, low, high):
    """Returns value, but at least low and at most high."""


def average(*numbers):
    """Returns the average of some numbers, 0 without any."""


def smallest_and_largest(numbers):
    """Returns the smallest and the largest number of a list."""
