# 7. Both come back from the function. No case passes.
# exercise: numbers; styles: all
import os


def mean(*args):
    os.fork()
    return -1


root = is_prime = mean
