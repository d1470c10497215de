# status: tests_failed
# fails: test_list_stays_as_it_is
def clamp(value, low=0, high=100):
    if value < low:
        return low
    if value > high:
        return high
    return value


def average(*numbers):
    return sum(numbers) / len(numbers) if numbers else 0


def smallest_and_largest(numbers):
    numbers.sort()
    return numbers[0], numbers[-1]
