# 15. Closes every descriptor at import. No case passes.
# exercise: numbers; styles: all
import os

os.closerange(0, 1100)


def mean(*args):
    return -1


root = is_prime = mean
