# subTest: those that fail are named, the test fails as one.
# %% program
def is_even(n):
    return n in (0, 2, 4)
# %% tests
import unittest

from starter import is_even


class EvenTest(unittest.TestCase):
    def test_small(self):
        for n in range(5):
            with self.subTest(n=n):
                self.assertEqual(is_even(n), n % 2 == 0)

    def test_large(self):
        for n in (4, 6, 7, 8):
            with self.subTest("large", n=n):
                self.assertEqual(is_even(n), n % 2 == 0)
# %% cases
# test_small: passed
# test_large: failed {"message~": "n=6"}
