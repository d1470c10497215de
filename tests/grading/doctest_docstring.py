# Examples in the tests' docstrings.
# %% program
def double(n):
    return n * 2


class Dog:
    def __repr__(self):
        return "Dog()"
# %% tests
"""Tests of doubling.

>>> from starter import double, Dog
>>> double(2)
4
>>> double("ab")
'abab'
>>> Dog()
Dog()
>>> for i in range(2):
...     print(double(i))
0
2
>>> double(None)
Traceback (most recent call last):
    ...
TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
"""


def more():
    """
    >>> import starter
    >>> starter.double(1.5)
    3.0
    >>> starter.double([1]) # doctest: +ELLIPSIS
    [1, ...]
    """


def wrong():
    """
    >>> import starter
    >>> starter.double(4)
    9
    """
# %% cases
# doctest: passed
# doctest more: passed
# doctest wrong: failed {"expected": "9", "actual": "8"}
