# 25. builtins.AssertionError replaced. No case passes.
# exercise: numbers; styles: all
import builtins


class Quiet(BaseException):
    def __new__(cls, *args):
        raise SystemExit(0)


builtins.AssertionError = Quiet


def mean(*args):
    return -1


root = is_prime = mean
