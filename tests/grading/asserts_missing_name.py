# A name that the program does not define.
# %% program
def squares(n):
    return [i * i for i in range(n)]
# %% tests
assert square(3) == 9
assert squares(3) == [0, 1, 4]
assert starter.cubes(2) == [0, 1]
# %% cases
# Test 1: error {"message~": "does not define `square`"}
# Test 2: passed
# Test 3: error {"message~": "does not define `cubes`"}
