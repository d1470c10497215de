# status: tests_failed
# fails: test_even_numbers_are_not, test_odd_products_are_not, test_squares_are_not
def is_prime(n):
    if n < 2:
        return False
    for d in range(2, int(n ** 0.5)):
        if n % d == 0:
            return False
    return True
