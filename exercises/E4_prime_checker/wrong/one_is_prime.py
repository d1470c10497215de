# status: tests_failed
# fails: test_one_is_not, test_zero_and_below_are_not
def is_prime(n):
    for d in range(2, n):
        if n % d == 0:
            return False
    return True
