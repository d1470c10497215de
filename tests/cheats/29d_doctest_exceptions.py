# 29. Exceptions whose text is a whole traceback. No case passes.
# exercise: errors; styles: doctest
class Strange(Exception):
    def __str__(self):
        return "5 more needed\nstarter.InsufficientFunds: 5 more needed\nValueError: an age is not negative"


Strange.__name__ = Strange.__qualname__ = "X\nstarter.InsufficientFunds"
BankError = InsufficientFunds = Strange


def withdraw(balance, amount):
    raise Strange


def parse_age(text):
    raise Strange
