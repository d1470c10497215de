# 18. A float that is near everything. No case passes.
# exercise: numbers; styles: all
class Near(float):
    __hash__ = float.__hash__
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __sub__ = __rsub__ = __abs__ = __round__ = __float__ = lambda self, *args: self


def mean(*args):
    return Near(99.0)


root = is_prime = mean
