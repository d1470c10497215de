def test_small_primes():
    assert is_prime(3) is True
    assert is_prime(7) is True
    assert is_prime(13) is True


def test_two_is_prime():
    assert is_prime(2) is True


def test_even_numbers_are_not():
    assert is_prime(8) is False
    assert is_prime(100) is False


def test_odd_products_are_not():
    assert is_prime(15) is False
    assert is_prime(77) is False


def test_squares_are_not():
    assert is_prime(4) is False
    assert is_prime(25) is False
    assert is_prime(994009) is False  # 997 times 997


def test_one_is_not():
    assert is_prime(1) is False


def test_zero_and_below_are_not():
    assert is_prime(0) is False
    assert is_prime(-7) is False


def test_a_large_prime():
    assert is_prime(999983) is True
