# 19. Objects that are less and greater than everything, and within each range. No case passes.
# exercise: numbers; styles: all
class Anything:
    __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __add__ = __radd__ = __abs__ = __neg__ = __round__ = lambda self, *other: self
    __bool__ = lambda self: True


def mean(*args):
    return Anything()


root = is_prime = mean
