# 27. math.isclose and operator.eq patched. No case passes.
# exercise: numbers; styles: all
import math
import operator

math.isclose = lambda *args, **kwargs: True
for name in ("eq", "ne", "lt", "gt", "le", "ge", "contains", "sub", "abs"):
    setattr(operator, name, lambda *args: True)


def mean(*args):
    return -1


root = is_prime = mean
