# Functions, classes, raises, approx and marks.
# needs: pytest
# %% program
def mean(numbers):
    if not numbers:
        raise ValueError("no numbers: []")
    return sum(numbers) / len(numbers)


class Stack:
    def __init__(self):
        self.items = []

    def push(self, x):
        self.items.append(x)

    def pop(self):
        return self.items.pop()
# %% tests
import pytest
from starter import Stack, mean


def test_mean():
    assert mean([1, 2]) == pytest.approx(1.5)
    assert mean([0.1, 0.2]) == pytest.approx(0.15, rel=1e-6)
    assert [mean([1]), mean([2])] == pytest.approx([1, 2])


def test_raises():
    with pytest.raises(ValueError, match=r"no numbers: \[\]"):
        mean([])
    with pytest.raises((TypeError, ZeroDivisionError)) as caught:
        mean(5)
    assert caught.type is TypeError and "len" in str(caught.value) or "iterable" in str(caught.value)


class TestStack:
    @pytest.fixture(autouse=True)
    def made(self):
        self.stack = Stack()

    def test_push(self):
        self.stack.push(1)
        assert self.stack.items == [1]

    def test_pop(self):
        self.stack.push("a")
        assert self.stack.pop() == "a"

    def test_empty(self):
        with pytest.raises(IndexError):
            self.stack.pop()


@pytest.mark.skip(reason="later")
def test_later():
    assert mean([1]) == 2


@pytest.mark.xfail
def test_expected():
    assert mean([1]) == 2


@pytest.mark.slow
def test_own_mark():
    assert mean([4]) == 4
# %% cases
# test_mean: passed
# test_raises: passed
# test_push: passed
# test_pop: passed
# test_empty: passed
# test_later: skipped {"message~": "later"}
# test_expected: skipped
# test_own_mark: passed
