# Warnings and much output on standard error are no failure.
# %% program
import sys
import warnings

warnings.warn("this is old", DeprecationWarning)
warnings.warn("and this is odd")
sys.stderr.write("starting\n" * 200)


def f(n):
    warnings.warn("again")
    print("debug", n, file=sys.stderr)
    return n + 1
# %% tests
assert f(1) == 2
assert f(2) == 3
# %% cases
# Test 1: passed
# Test 2: passed
