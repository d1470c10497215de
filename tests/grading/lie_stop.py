# Wrong, and dressed up: StopIteration ends the tests' loop.
# integrity: isolated
# passed: false
# %% program
def f(*a): raise StopIteration
# %% tests
assert all(map(f,[2,3,5]))
# %% cases
# Test 1: error
