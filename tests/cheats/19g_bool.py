# 19. Objects whose truth changes, and whose comparison is such an object. No case passes.
# exercise: numbers; styles: all
class Maybe:
    asked = 0

    def __bool__(self):
        Maybe.asked += 1
        return Maybe.asked % 2 == 1

    __eq__ = __ne__ = __lt__ = __gt__ = __sub__ = __rsub__ = __abs__ = __round__ = lambda self, *other: Maybe()
    __hash__ = lambda self: 0


def mean(*args):
    return Maybe()


root = is_prime = mean
