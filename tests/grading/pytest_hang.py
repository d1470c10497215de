# A call that hangs costs one test.
# needs: pytest
# timeoutMs: 4000
# %% program
import time


def f(n):
    if n == 2:
        time.sleep(60)
    return n
# %% tests
import pytest
from starter import f


def test_one():
    assert f(1) == 1


def test_two():
    assert f(2) == 2


def test_three():
    assert f(3) == pytest.approx(3)
# %% cases
# test_one: passed
# test_two: failed {"error~": "TimeoutError"}
# test_three: passed
