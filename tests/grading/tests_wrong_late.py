# Tests whose fault shows when they are compiled, by when the program is on its way: it is the tests' fault all the same.
# passed: false
# %% program
print("on my way")
def f():
    return 1
# %% tests
assert f() == 1
return 2
# %% cases
# Test 1: error {"line": 2, "message~": "the tests themselves are wrong"}
