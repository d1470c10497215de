# 15. Closes every descriptor in a call. No case passes.
# exercise: numbers; styles: all
import os


def mean(*args):
    os.closerange(3, 1100)
    return -1


root = is_prime = mean
