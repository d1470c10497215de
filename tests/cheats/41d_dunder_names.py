# 41. Special names of a module: __name__, __file__, __all__, __builtins__, __dict__, __eq__. No case passes.
# exercise: numbers; styles: all
__all__ = ["mean", "root", "is_prime", "abs", "AssertionError"]
__name__ = "tests"
__file__ = "/dev/null"
__path__ = ["/"]
__builtins__ = {}
__test__ = {}
__tracebackhide__ = True
__unittest = True
__eq__ = lambda *args: True
__getattr__ = lambda name: lambda *args, **kwargs: 0.0


def abs(x):
    return 0.0


class AssertionError(BaseException):
    pass


def mean(*args):
    return -1


root = is_prime = mean
