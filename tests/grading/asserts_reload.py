# importlib.reload runs the program again.
# %% program
import random

items = []
items.append("one")
print("loaded")


def add(x):
    items.append(x)
    return len(items)
# %% tests
import importlib

import starter

assert starter.add("two") == 2
importlib.reload(starter)
assert starter.items == ["one"]
assert starter.add("three") == 2
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
