# 28. unittest's inner exceptions, the real ones. No case passes.
# exercise: numbers; styles: all
import unittest.case

turn = 0
KINDS = [
    getattr(unittest.case, name)
    for name in ("_ShouldStop", "_UnexpectedSuccess", "SkipTest")
    if hasattr(unittest.case, name)
]


def mean(*args):
    global turn
    turn += 1
    raise KINDS[turn % len(KINDS)]("no")


root = is_prime = mean
