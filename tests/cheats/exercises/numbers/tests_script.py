import sys

from starter import is_prime, mean, root


def check(actual, expected):
    if actual != expected:
        print("expected", expected)
        sys.exit(1)


check(mean([1, 2, 4.5]), 2.5)
check(is_prime(97), True)
check(is_prime(9), False)
if not abs(root(2) - 1.4142135) < 1e-6:
    raise AssertionError("the root of 2")
print("OK")
