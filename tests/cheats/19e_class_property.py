# 19. A __class__ property that says what the tests want. No case passes.
# exercise: text; styles: all
class Liar:
    @property
    def __class__(self):
        return str

    __eq__ = __contains__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0


def shout(text):
    return Liar()


vowels = initials = shout
