# Every assert method, all of them right.
# %% program
import logging
import warnings


def values():
    return [1, 2, 3]


def text():
    return "line one\nline two"


def about():
    return 0.1 + 0.2


def table():
    return {"a": (1, 2), "b": {3}}


def fail(kind="value"):
    raise {"value": ValueError("bad value: 7"), "key": KeyError("k")}[kind]


def old():
    warnings.warn("use new()", DeprecationWarning)
    return 1


class Thing:
    pass
# %% tests
import logging
import unittest

import starter


class MethodsTest(unittest.TestCase):
    maxDiff = None

    def test_equal(self):
        self.assertEqual(starter.values(), [1, 2, 3])
        self.assertNotEqual(starter.values(), [1, 2])
        self.assertListEqual(starter.values(), [1, 2, 3])
        self.assertSequenceEqual(starter.values(), (1, 2, 3))
        self.assertCountEqual(starter.values(), [3, 2, 1])
        self.assertTupleEqual(starter.table()["a"], (1, 2))
        self.assertSetEqual(starter.table()["b"], {3})
        self.assertDictEqual(starter.table(), {"a": (1, 2), "b": {3}})
        self.assertMultiLineEqual(starter.text(), "line one\nline two")

    def test_about(self):
        self.assertAlmostEqual(starter.about(), 0.3)
        self.assertAlmostEqual(starter.about(), 0.31, places=1)
        self.assertAlmostEqual(starter.about(), 0.35, delta=0.1)
        self.assertNotAlmostEqual(starter.about(), 0.4)

    def test_order(self):
        self.assertGreater(starter.about(), 0.2)
        self.assertGreaterEqual(3, starter.values()[-1])
        self.assertLess(starter.values()[0], 2)
        self.assertLessEqual(starter.values()[0], 1)

    def test_in_and_is(self):
        self.assertIn(2, starter.values())
        self.assertNotIn(9, starter.values())
        self.assertIsInstance(starter.Thing(), starter.Thing)
        self.assertNotIsInstance(starter.values(), dict)
        self.assertIsNone(starter.values().clear())
        self.assertIsNotNone(starter.text())
        self.assertTrue(starter.values())
        self.assertFalse(starter.values() == [])
        self.assertIs(starter.Thing, starter.Thing)

    def test_regex(self):
        self.assertRegex(starter.text(), r"line \w+")
        self.assertNotRegex(starter.text(), "three")

    def test_raises(self):
        with self.assertRaises(ValueError) as caught:
            starter.fail()
        self.assertEqual(str(caught.exception), "bad value: 7")
        self.assertEqual(caught.exception.args, ("bad value: 7",))
        with self.assertRaisesRegex(ValueError, r"value: \d"):
            starter.fail()
        self.assertRaises(KeyError, starter.fail, "key")
        self.assertRaises((KeyError, TypeError), starter.fail, kind="key")
        self.assertRaisesRegex(ValueError, "bad", starter.fail)
        with self.assertRaises(TypeError):
            starter.fail(1, 2, 3)
        with self.assertRaises(AttributeError):
            starter.no_such_name

    def test_logs_of_its_own(self):
        with self.assertLogs("mine", level="INFO") as logs:
            logging.getLogger("mine").info("value %s", starter.values()[0])
        self.assertEqual(logs.output, ["INFO:mine:value 1"])
# %% cases
# test_equal: passed
# test_about: passed
# test_order: passed
# test_in_and_is: passed
# test_regex: passed
# test_raises: passed
# test_logs_of_its_own: passed
