# Skipped and expected failures are no passes; the rest decides.
# %% program
def f():
    return 1
# %% tests
import sys
import unittest

from starter import f


class SkipsTest(unittest.TestCase):
    def test_runs(self):
        self.assertEqual(f(), 1)

    @unittest.skip("later")
    def test_later(self):
        self.assertEqual(f(), 2)

    @unittest.skipIf(sys.version_info > (3,), "a newer Python")
    def test_old(self):
        self.fail()

    def test_within(self):
        self.skipTest("not here")

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(f(), 5)
# %% cases
# test_runs: passed
# test_later: skipped {"message~": "later"}
# test_old: skipped {"message~": "newer"}
# test_within: skipped {"message~": "not here"}
# test_expected: skipped
