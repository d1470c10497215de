# 20. None, Ellipsis and NotImplemented. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    return NotImplemented


def root(x):
    return ...


def is_prime(n):
    return None
