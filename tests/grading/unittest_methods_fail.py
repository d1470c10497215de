# The assert methods with what they say when they fail.
# %% program
def values():
    return [1, 2, 4]


def number():
    return 7


def nothing():
    return None


def quiet():
    return 1


def wrong_kind():
    raise KeyError("k")
# %% tests
import unittest

from starter import nothing, number, quiet, values, wrong_kind


class FailTest(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(values(), [1, 2, 3])

    def test_turned(self):
        self.assertEqual(8, number())

    def test_in(self):
        self.assertIn(3, values())

    def test_greater(self):
        self.assertGreater(number(), 10)

    def test_true(self):
        self.assertTrue(nothing())

    def test_none(self):
        self.assertIsNone(number())

    def test_about(self):
        self.assertAlmostEqual(number(), 7.5)

    def test_raises_nothing(self):
        with self.assertRaises(ValueError):
            quiet()

    def test_raises_another(self):
        with self.assertRaises(ValueError):
            wrong_kind()

    def test_fail(self):
        if number() == 7:
            self.fail("seven it is")

    def test_error(self):
        number().missing
# %% cases
# test_equal: failed {"expected": "[1, 2, 3]", "actual": "[1, 2, 4]", "line": 8}
# test_turned: failed {"expected": "8", "actual": "7"}
# test_in: failed {"actual": "[1, 2, 4]"}
# test_greater: failed {"expected": "more than 10", "actual": "7"}
# test_true: failed {"expected": "True", "actual": "None"}
# test_none: failed {"expected": "None", "actual": "7"}
# test_about: failed {"expected": "7.5", "actual": "7"}
# test_raises_nothing: failed {"message~": "ValueError"}
# test_raises_another: error {"error~": "KeyError"}
# test_fail: failed {"message~": "seven it is"}
# test_error: error {"error~": "AttributeError"}
