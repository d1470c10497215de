# Wrong, and dressed up: a name of a starred import is replaced.
# integrity: isolated
# passed: false
# %% program
def f(x): return x
def isclose(*a): return True
# %% tests
from math import *
from starter import *
assert isclose(f(2),4)
# %% cases
# Test 1: failed
