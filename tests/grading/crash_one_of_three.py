# A call that ends the process costs its own case; beside the tests it would end them all.
# integrity: isolated
# %% program
import os

state = []


def f(n):
    if n == 2:
        os._exit(0)
    return n
# %% tests
assert f(1) == 1
assert f(2) == 2
assert f(3) == 3
# %% cases
# Test 1: passed
# Test 2: failed {"message~": "exit"}
# Test 3: passed
