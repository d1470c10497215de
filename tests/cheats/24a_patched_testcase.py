# 24. Patched methods of unittest. No case passes.
# exercise: numbers; styles: all
import unittest

for name in dir(unittest.TestCase):
    if name.startswith("assert"):
        setattr(unittest.TestCase, name, lambda self, *args, **kwargs: None)
unittest.TestCase.fail = lambda self, *args: None


def mean(*args):
    return -1


root = is_prime = mean
