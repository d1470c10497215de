# A script whose helper finds an error; it never comes to its OK.
# %% program
def add(a, b):
    return a - b
# %% tests
from starter import add


def check(actual, expected):
    assert actual == expected, "add is wrong"


check(add(1, 2), 3)
print("OK")
# %% cases
# Test 1: failed {"expected": "3", "actual": "-1", "message~": "add is wrong"}
