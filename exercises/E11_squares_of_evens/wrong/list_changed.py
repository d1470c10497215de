# status: tests_failed
# fails: Test 8
def squares_of_evens(numbers):
    for number in list(numbers):
        if number % 2:
            numbers.remove(number)
    return [number * number for number in numbers]
