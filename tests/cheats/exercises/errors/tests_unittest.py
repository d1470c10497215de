import unittest

from starter import BankError, InsufficientFunds, parse_age, withdraw


class ErrorsTest(unittest.TestCase):
    def test_withdraw(self):
        self.assertEqual(withdraw(10, 4), 6)

    def test_too_much(self):
        with self.assertRaises(InsufficientFunds) as caught:
            withdraw(1, 6)
        self.assertEqual(caught.exception.missing, 5)
        self.assertEqual(str(caught.exception), "5 more needed")

    def test_is_a_value_error(self):
        with self.assertRaisesRegex(ValueError, "^1 more needed$"):
            withdraw(1, 2)
        self.assertEqual(withdraw(2, 1), 1)

    def test_family(self):
        self.assertTrue(issubclass(InsufficientFunds, BankError))
        self.assertEqual(InsufficientFunds(3).args, ("3 more needed",))

    def test_negative(self):
        self.assertRaisesRegex(ValueError, "^an age is not negative$", parse_age, "-3")

    def test_age(self):
        self.assertEqual(parse_age("41"), 41)
