# sys.exit in a call is an error of that case.
# %% program
import sys


def f(n):
    if n > 1:
        sys.exit("too large")
    return n
# %% tests
assert f(1) == 1
assert f(2) == 2
assert f(0) == 0
# %% cases
# Test 1: passed
# Test 2: error {"error~": "too large"}
# Test 3: passed
