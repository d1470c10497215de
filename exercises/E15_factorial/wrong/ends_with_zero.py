# status: tests_failed
# fails: test_of_0, test_of_1, test_of_4, test_of_20
def factorial(n):
    if n < 0:
        raise ValueError("negative")
    if n == 0:
        return 0
    return n * factorial(n - 1)
