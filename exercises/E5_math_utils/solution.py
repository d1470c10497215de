def clamp(value, low=0, high=100):
    """Returns value, but at least low and at most high."""
    return max(low, min(value, high))


def average(*numbers):
    """Returns the average of some numbers, 0 without any."""
    if not numbers:
        return 0
    return sum(numbers) / len(numbers)


def smallest_and_largest(numbers):
    """Returns the smallest and the largest number of a list."""
    return min(numbers), max(numbers)
