# A TestCase beside test functions.
# needs: pytest
# %% program
def f(n):
    return n + 1
# %% tests
import unittest

import pytest
from starter import f


class FTest(unittest.TestCase):
    def test_one(self):
        self.assertEqual(f(1), 2)


def test_two():
    assert f(2) == pytest.approx(3)
# %% cases
# test_one: passed
# test_two: passed
