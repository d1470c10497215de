# status: tests_failed
# fails: test_average_of_nothing
def clamp(value, low=0, high=100):
    return max(low, min(value, high))


def average(*numbers):
    return sum(numbers) / len(numbers)


def smallest_and_largest(numbers):
    return min(numbers), max(numbers)
