# Context managers: classes and contextlib's, errors that they swallow or see.
# %% program
import contextlib

log = []


class Thing:
    def __init__(self, swallow=False):
        self.swallow = swallow
        self.open = False

    def __enter__(self):
        self.open = True
        log.append("in")
        return self

    def __exit__(self, kind, error, trace):
        self.open = False
        log.append(kind.__name__ if kind else "out")
        return self.swallow


@contextlib.contextmanager
def step(name):
    log.append("start " + name)
    try:
        yield name.upper()
    finally:
        log.append("end " + name)
# %% tests
import starter

with starter.Thing() as t:
    was_open = t.open
assert was_open and not t.open
assert starter.log == ["in", "out"]
with starter.Thing(swallow=True):
    raise KeyError("x")
assert starter.log[-1] == "KeyError"
try:
    with starter.Thing():
        raise ValueError("seen")
except ValueError as error:
    seen = str(error)
assert seen == "seen"
with starter.step("one") as name:
    assert name == "ONE"
assert starter.log[-2:] == ["start one", "end one"]
try:
    with starter.step("two"):
        1 / 0
except ZeroDivisionError:
    pass
assert starter.log[-1] == "end two"
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
