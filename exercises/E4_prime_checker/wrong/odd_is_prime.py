# status: tests_failed
# fails: test_two_is_prime, test_odd_products_are_not, test_squares_are_not
def is_prime(n):
    if n <= 1:
        return False
    return n % 2 == 1
