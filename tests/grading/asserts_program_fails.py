# A program that stops at import: no case passes, and each says why.
# %% program
def f():
    return 1


print(undefined)
# %% tests
assert f() == 1
assert starter.f() == 1
# %% cases
# Test 1: error {"message~": "NameError"}
# Test 2: error {"message~": "NameError"}
