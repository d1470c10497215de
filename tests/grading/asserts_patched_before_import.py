# What the tests put in place before their import is there when the program loads; what comes after it is not.
# %% program
name = input()
# %% tests
import builtins
builtins.input = lambda prompt="": "Ada"
from starter import name
builtins.input = lambda prompt="": "Bob"
assert name == "Ada"
# %% cases
# Test 1: passed
