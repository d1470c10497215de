# 2. Defines wrong functions and leaves at import. No case passes.
# exercise: lists; styles: all
import sys


def unique_sorted(items):
    return [0]


evens = counts = pairs = unique_sorted
sys.exit()
