# The program is loaded by the first line's import: it does not see what the tests put in place afterwards.
# %% program
import random
number = random.randint(1, 10 ** 9)
# %% tests
"""Docstring."""
import random
import starter
random.seed(4)
assert starter.number != random.randint(1, 10 ** 9)
# %% cases
# Test 1: passed
