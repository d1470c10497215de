# An assert within a loop at the top level fails as a line of its own.
# passed: false
# %% program
def double(n):
    return n * 2 if n < 3 else n
# %% tests
for n in range(5):
    assert double(n) == 2 * n, n
assert double(1) == 2
# %% cases
# Test 1: passed
# Line 2: failed {"expected": "6", "actual": "3", "line": 2}
