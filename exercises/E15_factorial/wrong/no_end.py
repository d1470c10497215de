# status: tests_failed
# fails: test_of_0, test_of_1, test_of_4, test_of_20, test_of_a_negative_number
def factorial(n):
    return n * factorial(n - 1)
