# 18. The same as subclasses of str: the instance is the function's own argument. No case passes.
# exercise: text; styles: all
class shout(str):
    __hash__ = str.__hash__
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __contains__ = startswith = lambda self, *args: True
    __add__ = __radd__ = lower = lambda self, *args: self


class vowels(shout):
    pass


class initials(shout):
    pass
