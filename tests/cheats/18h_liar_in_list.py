# 18. Plain lists, tuples and dicts of objects that equal everything. No case passes.
# exercise: lists; styles: all
class Liar:
    __hash__ = lambda self: 0
    __eq__ = lambda self, other: True


def unique_sorted(items):
    return [Liar(), Liar(), Liar()]


def evens(items):
    return [Liar(), Liar()]


def counts(words):
    return {Liar(): Liar(), "b": Liar()}


def pairs(items):
    return [(Liar(), Liar()), Liar()]
