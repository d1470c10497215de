# The same with asserts.
# timeoutMs: 3000
# %% program
import time


def f(n):
    if n == 1:
        time.sleep(100)
    return n
# %% tests
assert f(1) == 1
assert f(2) == 2
assert f(3) == 3
# %% cases
# Test 1: failed {"error~": "TimeoutError"}
# Test 2: passed
# Test 3: passed
