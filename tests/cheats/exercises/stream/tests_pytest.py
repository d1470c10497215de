import itertools

from starter import countdown, fibonacci, running


def test_countdown():
    assert list(countdown(3)) == [3, 2, 1]


def test_fibonacci():
    assert list(itertools.takewhile(lambda n: n < 10, fibonacci())) == [0, 1, 1, 2, 3, 5, 8]


def test_running():
    a, b, c = running([1, 2, 3])
    assert (a, b, c) == (1, 3, 6)
