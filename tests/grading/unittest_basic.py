# Right and wrong methods of one class, in the order of the text.
# %% program
def add(a, b):
    return a + b


def sub(a, b):
    return b - a
# %% tests
import unittest

from starter import add, sub


class CalcTest(unittest.TestCase):
    def test_sub(self):
        self.assertEqual(sub(5, 3), 2, "subtraction")

    def test_add(self):
        self.assertEqual(add(1, 2), 3)

    def test_sub_zero(self):
        self.assertTrue(sub(1, 1) == 0)

    def helper(self):
        raise RuntimeError


if __name__ == "__main__":
    unittest.main()
# %% cases
# test_sub: failed {"expected": "2", "actual": "-2", "line": 8, "message~": "subtraction"}
# test_add: passed
# test_sub_zero: passed
