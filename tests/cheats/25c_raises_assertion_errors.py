# 25. Raises AssertionError itself where an error is expected. No case passes.
# exercise: errors; styles: all
BankError = InsufficientFunds = AssertionError


def withdraw(balance, amount):
    raise AssertionError("OK")


parse_age = lambda text: withdraw(0, 0)
