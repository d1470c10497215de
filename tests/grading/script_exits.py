# A script that says that it failed by its exit code.
# %% program
def add(a, b):
    return a - b
# %% tests
import sys

from starter import add

failed = 0
for a, b in [(0, 0), (1, 1)]:
    if add(a, b) != a + b:
        print("FAIL", a, b)
        failed += 1
if failed:
    sys.exit(1)
print("OK")
# %% cases
# Test 1: error {"output~": "FAIL 1 1", "error~": "SystemExit"}
