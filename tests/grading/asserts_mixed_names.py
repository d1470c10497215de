# starter, solution, main, from ... import, an alias and bare names, all in one.
# %% program
RATE = 0.2


def tax(x):
    return x * RATE


class Shop:
    name = "corner"
# %% tests
import main
import solution as s
from starter import RATE, Shop
from starter import tax as t

assert t(10) == 2
assert s.tax(5) == main.tax(5) == starter.tax(5) == tax(5) == 1
assert RATE == s.RATE
assert Shop.name == "corner" and Shop().name == "corner"
assert Shop is s.Shop is main.Shop
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
