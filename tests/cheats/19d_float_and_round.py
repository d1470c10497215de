# 19. __float__, __round__ and __index__ that answer with liars. No case passes.
# exercise: numbers; styles: all
class Near(float):
    __eq__ = __lt__ = __gt__ = lambda self, other: True
    __hash__ = float.__hash__


class Number:
    __float__ = lambda self: Near(77.0)
    __round__ = __trunc__ = lambda self, *args: Near(77.0)
    __index__ = __int__ = lambda self: 77
    __abs__ = lambda self: Near(77.0)
    __sub__ = __rsub__ = lambda self, other: Near(77.0)


def mean(*args):
    return Number()


root = is_prime = mean
