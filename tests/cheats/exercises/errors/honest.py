class BankError(Exception):
    pass


class InsufficientFunds(BankError, ValueError):
    def __init__(self, missing):
        super().__init__(f"{missing} more needed")
        self.missing = missing


def withdraw(balance, amount):
    if amount > balance:
        raise InsufficientFunds(amount - balance)
    return balance - amount


def parse_age(text):
    age = int(text)
    if age < 0:
        raise ValueError("an age is not negative")
    return age
