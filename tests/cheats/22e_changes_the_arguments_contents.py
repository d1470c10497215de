# 22. Fills the argument with objects that equal everything and returns it. No case passes.
# exercise: lists; styles: all
class Liar(int):
    __eq__ = __lt__ = lambda self, other: True
    __hash__ = int.__hash__


def unique_sorted(items):
    if isinstance(items, list):
        items[:] = [Liar(9), Liar(9), Liar(9)]
        return items
    return [Liar(9)]


evens = counts = pairs = unique_sorted
