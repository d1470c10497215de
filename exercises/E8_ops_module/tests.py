import contextlib
import io
import unittest

import starter


class FunctionsTest(unittest.TestCase):
    def test_add(self):
        self.assertEqual(starter.add(2, 3), 5)
        self.assertEqual(starter.add(-2, 0.5), -1.5)

    def test_subtract(self):
        self.assertEqual(starter.subtract(5, 2), 3)
        self.assertEqual(starter.subtract(2, 5), -3)

    def test_multiply(self):
        self.assertEqual(starter.multiply(6, 7), 42)
        self.assertEqual(starter.multiply(6, 0), 0)

    def test_divide(self):
        self.assertEqual(starter.divide(7, 2), 3.5)
        self.assertEqual(starter.divide(0, 4), 0)

    def test_divide_by_zero(self):
        self.assertIsNone(starter.divide(1, 0))


class CalculateTest(unittest.TestCase):
    def test_each_operator(self):
        self.assertEqual(starter.calculate(8, "+", 2), 10)
        self.assertEqual(starter.calculate(8, "-", 2), 6)
        self.assertEqual(starter.calculate(8, "*", 2), 16)
        self.assertEqual(starter.calculate(8, "/", 2), 4)

    def test_calculate_divides_by_zero(self):
        self.assertIsNone(starter.calculate(1, "/", 0))

    def test_unknown_operator(self):
        self.assertIsNone(starter.calculate(2, "^", 3))
        self.assertIsNone(starter.calculate(2, "", 3))

    def test_nothing_is_printed(self):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            starter.add(1, 2)
            starter.divide(1, 0)
            starter.calculate(1, "+", 2)
            starter.calculate(1, "?", 2)
        self.assertEqual(printed.getvalue(), "")
