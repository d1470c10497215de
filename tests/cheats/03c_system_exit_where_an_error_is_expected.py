# 3. SystemExit in place of the expected error. No case passes.
# exercise: errors; styles: all
class BankError(SystemExit):
    pass


class InsufficientFunds(BankError):
    pass


def withdraw(balance, amount):
    raise InsufficientFunds(0)


def parse_age(text):
    raise SystemExit(0)
