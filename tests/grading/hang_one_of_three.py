# A call that hangs costs its own case, the others report.
# timeoutMs: 3000
# %% program
def f(n):
    while n == 2:
        pass
    return n
# %% tests
import unittest

from starter import f


class HangTest(unittest.TestCase):
    def test_one(self):
        self.assertEqual(f(1), 1)

    def test_two(self):
        self.assertEqual(f(2), 2)

    def test_three(self):
        self.assertEqual(f(3), 3)
# %% cases
# test_one: passed
# test_two: failed {"error~": "TimeoutError", "message~": "still running"}
# test_three: passed
