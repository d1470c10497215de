"""
>>> from starter import is_prime, mean, root
>>> mean([1, 2, 4.5])
2.5
>>> round(root(2), 4)
1.4142
>>> is_prime(97)
True
"""


def no_prime():
    """
    >>> from starter import is_prime
    >>> is_prime(9)
    False
    """
