# status: tests_failed
# fails: Test 1, Test 4, Test 6
def squares_of_evens(numbers):
    return [number * 2 for number in numbers if number % 2 == 0]
