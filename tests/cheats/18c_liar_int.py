# 18. An int that equals everything. No case passes.
# exercise: text; styles: all
class Number(int):
    __hash__ = int.__hash__
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False


def shout(text):
    return Number(-1)


vowels = initials = shout
