# raises with the program's own exceptions.
# needs: pytest
# %% program
class Empty(Exception):
    def __init__(self, size):
        super().__init__(f"empty at {size}")
        self.size = size


class VeryEmpty(Empty):
    pass


def pop(n):
    if n == 0:
        raise VeryEmpty(n)
    return n
# %% tests
import pytest
import starter


def test_class():
    with pytest.raises(starter.Empty) as caught:
        starter.pop(0)
    assert caught.value.size == 0
    assert caught.type is starter.VeryEmpty
    assert caught.match("empty at")


def test_match():
    with pytest.raises(starter.VeryEmpty, match="^empty at 0$"):
        starter.pop(0)


def test_fine():
    assert starter.pop(2) == 2
# %% cases
# test_class: passed
# test_match: passed
# test_fine: passed
