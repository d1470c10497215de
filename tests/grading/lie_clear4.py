# Wrong, and dressed up: the argument is emptied in a chain of comparisons.
# integrity: isolated
# passed: false
# %% program
def f(n): n.clear(); return []
# %% tests
n=[3,1]
assert f(n)==sorted(n)==sorted(n)
# %% cases
# Test 1: failed
