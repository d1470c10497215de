# Test functions and classes that need nothing of pytest's.
# %% program
def square(n):
    return n * n


def cube(n):
    return n * n
# %% tests
from starter import cube, square


def test_square():
    assert square(3) == 9


def test_cube():
    assert cube(1) == 1
    assert cube(2) == 8


class TestSquares:
    def setup_method(self):
        self.n = 4

    def test_four(self):
        assert square(self.n) == 16

    def test_list(self):
        assert [square(n) for n in range(3)] == [0, 1, 4]
# %% cases
# test_square: passed
# test_cube: failed {"expected": "8", "actual": "4", "line": 10}
# test_four: passed
# test_list: passed
