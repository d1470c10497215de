def unique_sorted():
    """
    >>> from starter import *
    >>> unique_sorted([3, 1, 2, 3])
    [1, 2, 3]
    >>> pairs([1, 2, 3])
    [(1, 2), (2, 3)]
    """


def evens():
    """
    >>> import starter
    >>> starter.evens([1, 2, 3, 4]) == [2, 4]
    True
    >>> starter.counts(["b", "a", "b"]) == {"a": 1, "b": 2}
    True
    """
