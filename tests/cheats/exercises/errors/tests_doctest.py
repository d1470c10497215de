"""
>>> from starter import withdraw, parse_age
>>> withdraw(1, 6)
Traceback (most recent call last):
starter.InsufficientFunds: 5 more needed
>>> withdraw(10, 4)
6
"""


def negative():
    """
    >>> from starter import parse_age
    >>> parse_age("-3")
    Traceback (most recent call last):
    ValueError: an age is not negative
    """
