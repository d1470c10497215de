# 41. Its own raised(), said(), islice and patch. No case passes.
# exercise: errors; styles: all
def raised(call, *args):
    error = ValueError("5 more needed")
    error.missing = 5
    return error


class Everything(type):
    __eq__ = lambda cls, other: True
    __hash__ = type.__hash__


class BankError(Exception, metaclass=Everything):
    pass


InsufficientFunds = BankError
ValueError = Exception
str = type = lambda *args: BankError
isinstance = issubclass = lambda *args: True


def withdraw(balance, amount):
    return BankError


parse_age = raised
