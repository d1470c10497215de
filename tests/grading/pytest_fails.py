# What failing tests say.
# needs: pytest
# %% program
def mean(numbers):
    return sum(numbers) // len(numbers)


def quiet():
    return None
# %% tests
import pytest
from starter import mean, quiet


def test_mean():
    assert mean([1, 2]) == 1.5


def test_approx():
    assert mean([1, 2]) == pytest.approx(1.5)


def test_raises():
    with pytest.raises(ValueError):
        quiet()


def test_error():
    mean([])


def test_fail():
    pytest.fail("no good")


def test_right():
    assert mean([2]) == 2
# %% cases
# test_mean: failed {"expected": "1.5", "actual": "1", "line": 6}
# test_approx: failed {"actual": "1"}
# test_raises: failed {"message~": "ValueError"}
# test_error: error {"error~": "ZeroDivisionError"}
# test_fail: failed {"message~": "no good"}
# test_right: passed
