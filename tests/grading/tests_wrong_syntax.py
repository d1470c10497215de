# Tests that do not compile: no case passes, and it is said that it is the tests' fault.
# passed: false
# %% program
def f():
    return 1
# %% tests
assert f() == 1
assert f( == 2
# %% cases
# Test 1: error {"line": 2, "message~": "the tests themselves are wrong"}
