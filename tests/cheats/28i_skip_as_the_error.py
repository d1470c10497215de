# 28. The expected exception is a SkipTest. No case passes.
# exercise: errors; styles: all
import unittest


class BankError(unittest.SkipTest):
    missing = None


class InsufficientFunds(BankError):
    pass


def withdraw(*args):
    raise InsufficientFunds("OK")


parse_age = withdraw
