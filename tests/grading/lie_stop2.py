# Wrong, and dressed up: StopIteration ends the tests' zip.
# integrity: isolated
# passed: false
# %% program
def f(*a): raise StopIteration
# %% tests
for a,b in zip(map(f,[2,3]),[4,9]): assert a==b
# %% cases
# Test 1: error
