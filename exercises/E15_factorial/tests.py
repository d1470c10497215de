def test_of_0():
    assert factorial(0) == 1


def test_of_1():
    assert factorial(1) == 1


def test_of_4():
    assert factorial(4) == 24


def test_of_20():
    assert factorial(20) == 2432902008176640000


def test_of_a_negative_number():
    try:
        factorial(-1)
    except ValueError:
        return
    assert False, "factorial(-1) must raise ValueError"
