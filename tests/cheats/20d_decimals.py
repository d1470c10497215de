# 20. Decimal and Fraction that are not numbers, and complex ones. No case passes.
# exercise: numbers; styles: all
from decimal import Decimal


def mean(*args):
    return Decimal("NaN")


def root(x):
    return complex("nan")


def is_prime(n):
    return Decimal("sNaN")
