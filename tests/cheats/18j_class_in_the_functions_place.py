# 18. A class named like the function, whose instances equal everything. No case passes.
# exercise: numbers; styles: all
class is_prime:
    def __init__(self, *args):
        pass

    __eq__ = lambda self, other: True
    __sub__ = __abs__ = __round__ = lambda self, *other: self
    __lt__ = __gt__ = lambda self, other: True


class mean(is_prime):
    pass


class root(is_prime):
    pass
