def nested_sum(items):
    """Returns the sum of all numbers, however deep they are."""
    total = 0
    for item in items:
        total += nested_sum(item) if isinstance(item, list) else item
    return total
