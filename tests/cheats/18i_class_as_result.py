# 18. A class whose metaclass equals everything. No case passes.
# exercise: numbers; styles: all
class Meta(type):
    __hash__ = type.__hash__
    __eq__ = lambda cls, other: True
    __ne__ = lambda cls, other: False
    __call__ = lambda cls, *args: cls
    __sub__ = __rsub__ = lambda cls, other: 0.0
    __abs__ = __round__ = lambda cls, *args: cls
    __lt__ = __gt__ = lambda cls, other: True


class mean(metaclass=Meta):
    pass


root = is_prime = mean
