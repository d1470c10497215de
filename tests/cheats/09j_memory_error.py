# 9. MemoryError, real and raised. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    raise MemoryError


def root(x):
    return bytearray(1 << 40)


def is_prime(n):
    return [n] * (1 << 34)
