# status: tests_failed
# fails: Test 1, Test 3, Test 4, Test 5, Test 6, Test 7
def squares_of_evens(numbers):
    return [number * number for number in numbers if number % 2]
