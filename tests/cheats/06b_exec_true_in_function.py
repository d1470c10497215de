# 6. Becomes /bin/true in a call. No case passes.
# exercise: numbers; styles: all
import os


def mean(*args):
    os.execv("/bin/true", ["true"])


root = is_prime = mean
