# An early exit of the tests' own is never a pass.
# %% program
def add(a, b):
    return a + b
# %% tests
import sys

from starter import add

if add(1, 1) == 2:
    print("OK")
    sys.exit(0)
# %% cases
# Test 1: error {"error~": "SystemExit"}
