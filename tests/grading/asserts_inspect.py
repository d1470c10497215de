# Signatures, annotations, docstrings and names of functions and classes.
# %% program
"""A module that says what it is."""


def area(width: float, height: float = 1.0, *, unit: str = "m") -> float:
    """Return the area.

    In square metres.
    """
    return width * height


class Box:
    """Holds things."""

    def open(self, key):
        """Open it."""
# %% tests
import inspect

import starter

s = inspect.signature(starter.area)
assert list(s.parameters) == ["width", "height", "unit"]
assert s.parameters["height"].default == 1.0
assert s.parameters["unit"].kind is inspect.Parameter.KEYWORD_ONLY
assert starter.area.__doc__.startswith("Return the area.") and inspect.getdoc(starter.Box) == "Holds things."
assert starter.area.__name__ == "area" and starter.Box.__name__ == "Box" and starter.Box.open.__doc__ == "Open it."
assert starter.__doc__ == "A module that says what it is."
assert inspect.isfunction(starter.area) and inspect.isclass(starter.Box) and callable(starter.area)
assert len(inspect.signature(starter.Box().open).parameters) == 1
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
