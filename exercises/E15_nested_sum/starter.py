def nested_sum(items):
    """Returns the sum of all numbers, however deep they are."""
