# status: tests_failed
# fails: test_smallest_and_largest
def clamp(value, low=0, high=100):
    return max(low, min(value, high))


def average(*numbers):
    return sum(numbers) / len(numbers) if numbers else 0


def smallest_and_largest(numbers):
    smallest = 0
    largest = 0
    for number in numbers:
        if number < smallest:
            smallest = number
        if number > largest:
            largest = number
    return smallest, largest
