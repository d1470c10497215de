# 37. Empties sys.modules. No case passes.
# exercise: numbers; styles: all
import sys


def mean(*args):
    sys.modules.clear()
    return -1


root = is_prime = mean
