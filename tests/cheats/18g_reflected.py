# 18. Reflected comparisons and operators. No case passes.
# exercise: numbers; styles: all
class Mirror:
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __rsub__ = __sub__ = __radd__ = __add__ = lambda self, other: 0.0
    __abs__ = lambda self: 0.0
    __round__ = lambda self, *args: Mirror()
    __hash__ = lambda self: 0


def mean(*args):
    return Mirror()


root = is_prime = mean
