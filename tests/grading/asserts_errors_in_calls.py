# An exception in a call fails that case alone.
# %% program
def half(n):
    return 10 // n


def text():
    raise ValueError("not today")
# %% tests
assert half(5) == 2
assert half(0) == 0
assert text() == ""
assert half(2) == 5
# %% cases
# Test 1: passed
# Test 2: error {"error~": "ZeroDivisionError", "line": 2}
# Test 3: error {"error~": "not today", "line": 3}
# Test 4: passed
