# A script with a helper that prints OK.
# %% program
def add(a, b):
    return a + b
# %% tests
from starter import add


def check(actual, expected):
    if actual != expected:
        raise Exception(f"expected {expected}, got {actual}")


check(add(1, 2), 3)
check(add("a", "b"), "ab")
print("OK")
# %% cases
# Test 1: passed {"output~": "OK"}
