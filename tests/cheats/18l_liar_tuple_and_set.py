# 18. Subclasses of tuple, set and frozenset that lie. No case passes.
# exercise: lists; styles: all
class T(tuple):
    __eq__ = __contains__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = tuple.__hash__


class S(set):
    __eq__ = __contains__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = None


class F(frozenset):
    __eq__ = __contains__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = frozenset.__hash__


unique_sorted = lambda items: T("x")
evens = lambda items: S("x")
counts = lambda words: F("x")
pairs = lambda items: T([T("x")])
