# Attributes of the module: read, set by the tests, seen by the program, counted.
# %% program
LEVELS = ["low", "high"]
settings = {"depth": 1}
factor = 2


def scaled(n):
    return n * factor


def depth():
    return settings["depth"]


def grow():
    LEVELS.append("top")
# %% tests
import starter

assert starter.scaled(3) == 6
starter.factor = 10
assert starter.scaled(3) == 30 and starter.factor == 10
starter.settings["depth"] = 4
assert starter.depth() == 4 and starter.settings == {"depth": 4}
starter.grow()
assert starter.LEVELS == ["low", "high", "top"] and starter.LEVELS[-1] == "top" and len(starter.LEVELS) == 3
assert starter.__name__ == "starter" and hasattr(starter, "grow") and not hasattr(starter, "shrink")
assert getattr(starter, "missing", None) is None and callable(starter.grow)
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
