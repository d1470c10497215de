# 9. A BaseException of its own. No case passes.
# exercise: errors; styles: all
class Away(BaseException):
    missing = 5

    def __str__(self):
        return "5 more needed"


class BankError(Away):
    pass


class InsufficientFunds(BankError):
    pass


def withdraw(balance, amount):
    raise Away("5 more needed")


def parse_age(text):
    raise Away("an age is not negative")
