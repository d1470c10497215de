def test_three():
    assert list(countdown(3)) == [3, 2, 1]


def test_one():
    assert list(countdown(1)) == [1]


def test_zero():
    assert list(countdown(0)) == []


def test_below_zero():
    assert list(countdown(-5)) == []


def test_one_at_a_time():
    numbers = countdown(10 ** 12)
    assert next(numbers) == 10 ** 12
    assert next(numbers) == 10 ** 12 - 1
