# A fixture that fails by the program's fault.
# needs: pytest
# %% program
class Bank:
    def __init__(self):
        raise RuntimeError("closed today")


def f():
    return 1
# %% tests
import pytest
from starter import Bank, f


@pytest.fixture
def bank():
    return Bank()


def test_bank(bank):
    assert bank


def test_f():
    assert f() == 1
# %% cases
# test_bank: error {"error~": "closed today"}
# test_f: passed
