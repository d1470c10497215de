# Asserts, a TestCase, plain functions and a doctest in one text.
# %% program
print("sum:", 3)


def add(a, b):
    return a + b
# %% tests
"""
>>> add(2, 2)
4
"""
import unittest

from starter import add

assert "sum: 3" in output


class AddTest(unittest.TestCase):
    def test_add(self):
        self.assertEqual(add(1, 2), 3)


def test_text():
    assert add("a", "b") == "ab"


assert add(0, 0) == 0
# %% cases
# doctest: passed
# Test 1: passed
# test_add: passed
# test_text: passed
# Test 2: passed
