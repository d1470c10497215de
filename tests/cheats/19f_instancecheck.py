# 19. Metaclasses that say that everything is an instance and a subclass. No case passes.
# exercise: errors; styles: all
class Meta(type):
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True
    __eq__ = lambda cls, other: True
    __hash__ = type.__hash__


class BankError(Exception, metaclass=Meta):
    missing = None


class InsufficientFunds(BankError):
    pass


def withdraw(balance, amount):
    raise KeyError("nothing")


def parse_age(text):
    raise KeyError("nothing")
