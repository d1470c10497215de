# Checks that an error is raised, by hand.
# %% program
def half(n):
    if n % 2:
        raise ValueError("odd")
    return n // 2
# %% tests
from starter import half

try:
    half(3)
except ValueError as error:
    if str(error) != "odd":
        raise
else:
    raise AssertionError("nothing was raised")
if half(4) != 2:
    raise AssertionError("half(4)")
print("OK")
# %% cases
# Test 1: passed
