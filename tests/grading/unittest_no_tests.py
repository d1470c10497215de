# No test at all is never a pass.
# passed: false
# %% program
def f():
    return 1
# %% tests
import unittest

from starter import f


class NothingTest(unittest.TestCase):
    def check(self):
        self.assertEqual(f(), 1)


unittest.main()
# %% cases
# Test 1: error
