# status: tests_failed
# fails: test_clamp_without_limits, test_clamp_with_one_limit_by_name, test_smallest_and_largest
def clamp(value, low, high):
    return max(low, min(value, high))


def average(*numbers):
    return sum(numbers) / len(numbers) if numbers else 0


def smallest_and_largest(numbers):
    return [min(numbers), max(numbers)]
