# An expected failure that passes is a failure.
# %% program
def f():
    return 1
# %% tests
import unittest

from starter import f


class UnexpectedTest(unittest.TestCase):
    @unittest.expectedFailure
    def test_passes(self):
        self.assertEqual(f(), 1)

    def test_other(self):
        self.assertEqual(f(), 1)
# %% cases
# test_passes: failed
# test_other: passed
