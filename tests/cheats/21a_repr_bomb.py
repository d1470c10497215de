# 21. A repr of 200 MB. No case passes.
# exercise: numbers; styles: asserts unittest pytest doctest; timeoutMs: 2500
class Bomb:
    def __repr__(self):
        return "x" * 200_000_000

    __str__ = __repr__


def mean(*args):
    return Bomb()


root = is_prime = mean
