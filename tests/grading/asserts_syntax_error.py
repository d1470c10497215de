# A program that does not compile.
# %% program
def f(:
    return 1
# %% tests
assert f() == 1
# %% cases
# Test 1: error {"message~": "SyntaxError"}
