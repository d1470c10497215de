# 26. Own functions with the names of builtins, for tests that use names of the learner's. No case passes.
# exercise: numbers; styles: all
def abs(x):
    return 0.0


def round(x, digits=0):
    return Liar()


def isinstance(x, kind):
    return True


class Liar:
    __eq__ = lambda self, other: True


def print(*args):
    pass


range = lambda *args: ()
len = sum = lambda *args: Liar()


def mean(*args):
    return -1


root = is_prime = mean
