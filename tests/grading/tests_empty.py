# Tests without a check are never a pass.
# passed: false
# %% program
def f():
    return 1
# %% tests
import starter
# %% cases
# Test 1: error
