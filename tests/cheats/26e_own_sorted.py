# 26. Own sorted, set, list, tuple and len. No case passes.
# exercise: lists; styles: all
class Same:
    def __init__(self, *args):
        pass

    __eq__ = __contains__ = lambda self, other: True
    __hash__ = lambda self: 0


sorted = set = list = tuple = dict = Same
len = lambda *args: 5


def unique_sorted(items):
    return Same()


evens = counts = pairs = unique_sorted
