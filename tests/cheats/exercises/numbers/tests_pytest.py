import math

import pytest
from starter import is_prime, mean, root


def test_mean():
    assert mean([1, 2, 4.5]) == 2.5


def test_mean_of_fractions():
    assert mean([0.1, 0.2]) == pytest.approx(0.15)


def test_root():
    assert math.isclose(root(2), 1.4142135, abs_tol=1e-6)


@pytest.mark.parametrize("n, expected", [(2, True), (9, False), (97, True)])
def test_prime(n, expected):
    assert is_prime(n) is expected


class TestRoot:
    def test_approx_on_the_left(self):
        assert pytest.approx(3.1622, abs=1e-3) == root(10)
