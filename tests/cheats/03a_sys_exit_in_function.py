# 3. sys.exit(0) in the first call. No case passes.
# exercise: numbers; styles: all
import sys


def mean(*args):
    print("OK")
    sys.exit(0)


root = is_prime = mean
