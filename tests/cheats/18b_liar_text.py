# 18. A str that equals everything and contains everything. No case passes.
# exercise: text; styles: all
class Text(str):
    __hash__ = str.__hash__
    __eq__ = __contains__ = startswith = endswith = lambda self, *args: True
    __ne__ = lambda self, other: False
    lower = upper = strip = __add__ = __radd__ = __str__ = lambda self, *args: self


def shout(text):
    return Text("x")


vowels = initials = shout
