# Wrong, and dressed up: the argument is emptied within `and`.
# integrity: isolated
# passed: false
# %% program
def f(n): n.clear(); return []
# %% tests
n=[3,1]
assert f(n)==sorted(n) and len(n)==len(f(n))
# %% cases
# Test 1: failed
