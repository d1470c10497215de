# 41. Its own `output`, `lines` and `starter`. No case passes.
# exercise: printed; styles: all
class Liar(str):
    __eq__ = __contains__ = lambda self, other: True
    __hash__ = str.__hash__
    splitlines = lambda self: [Liar()]
    count = lambda self, part: 7


output = Liar("7 49\ndone ada grace\n4 16\n")
lines = [output] * 8
starter = output
LIMIT = Liar()
NAMES = (Liar(), Liar())


def square(n):
    return Liar()
