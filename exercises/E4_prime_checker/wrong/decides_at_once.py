# status: tests_failed
# fails: test_two_is_prime, test_odd_products_are_not, test_squares_are_not
def is_prime(n):
    if n < 2:
        return False
    for d in range(2, n):
        if n % d == 0:
            return False
        else:
            return True
