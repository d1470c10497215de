# TestCase classes that use bare names, `starter` and `output` without an import.
# %% program
print("ready")


def f(n):
    return n + 1
# %% tests
import unittest


class BareTest(unittest.TestCase):
    def test_f(self):
        self.assertEqual(f(1), 2)

    def test_starter(self):
        self.assertEqual(starter.f(2), 3)

    def test_output(self):
        self.assertEqual(output, "ready\n")
# %% cases
# test_f: passed
# test_starter: passed
# test_output: passed
