# A name that the tests import and the program does not define.
# %% program
def ad(a, b):
    return a + b
# %% tests
import unittest

from starter import add


class AddTest(unittest.TestCase):
    def test_add(self):
        self.assertEqual(add(1, 2), 3)

    def test_zero(self):
        self.assertEqual(add(0, 0), 0)
# %% cases
# test_add: error {"message~": "does not define `add`"}
# test_zero: error {"message~": "does not define `add`"}
