# 20. Infinities. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    return float("inf")


def root(x):
    return float("-inf")


def is_prime(n):
    return -0.0
