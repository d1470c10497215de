# from starter import *
# %% program
_hidden = 1
shown = 2


def three():
    return shown + _hidden
# %% tests
from starter import *

assert shown == 2
assert three() == 3
assert starter._hidden == 1
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
