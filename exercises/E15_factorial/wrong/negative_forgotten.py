# status: tests_failed
# fails: test_of_a_negative_number
def factorial(n):
    if n <= 1:
        return 1
    return n * factorial(n - 1)
