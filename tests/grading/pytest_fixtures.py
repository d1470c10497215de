# Fixtures: of functions, modules and classes, with yield, with parameters, that use each other.
# needs: pytest
# %% program
class Bank:
    def __init__(self, start):
        self.balance = start
        self.is_closed = False

    def close(self):
        self.is_closed = True


def interest(balance, rate):
    return balance * rate // 100
# %% tests
import pytest
import starter

closed = []


@pytest.fixture(scope="module")
def rate():
    return 5


@pytest.fixture
def bank(rate):
    bank = starter.Bank(100 * rate)
    yield bank
    bank.close()
    closed.append(bank)


@pytest.fixture
def make():
    return lambda n: starter.Bank(n)


def test_start(bank):
    assert bank.balance == 500


def test_closed():
    assert len(closed) == 1 and closed[0].is_closed


def test_both(bank, rate, make):
    assert starter.interest(bank.balance, rate) == 25
    assert make(3).balance == 3


def test_request(request):
    assert request.node.name == "test_request"
# %% cases
# test_start: passed
# test_closed: passed
# test_both: passed
# test_request: passed
