# Nothing but skipped tests is never a pass.
# passed: false
# %% program
def f():
    return 1
# %% tests
import unittest


@unittest.skip("all of it")
class SkippedTest(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        pass
# %% cases
# test_a: skipped
# test_b: skipped
