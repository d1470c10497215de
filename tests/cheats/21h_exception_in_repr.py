# 21. Exceptions whose text and repr fail or skip. No case passes.
# exercise: errors; styles: all
import unittest


class BankError(Exception):
    def __str__(self):
        raise unittest.SkipTest("no")

    __repr__ = __str__


class InsufficientFunds(BankError, ValueError):
    @property
    def missing(self):
        raise unittest.SkipTest("no")

    @property
    def args(self):
        raise SystemExit(0)


def withdraw(balance, amount):
    raise InsufficientFunds


def parse_age(text):
    raise InsufficientFunds
