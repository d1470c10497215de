# The same the other way: arguments of every plain type.
# %% program
import datetime
from decimal import Decimal


def kind(x):
    return type(x).__name__


def same(x):
    return x


def keywords(a, *rest, b=2, **more):
    return a, rest, b, more


def next_day(date):
    return date + datetime.timedelta(days=1)


def price(x):
    return x * Decimal("1.2")
# %% tests
import datetime
import decimal

for value in (1, True, None, 1.5, "a", b"a", (1,), [1], {1}, frozenset(), {1: 2}, 1j, range(3), ..., 10**500):
    if kind(value) != type(value).__name__ or same(value) != value or type(same(value)) is not type(value):
        raise ValueError(value)
assert keywords(1) == (1, (), 2, {})
assert keywords(1, 2, 3, b=4, c=5) == (1, (2, 3), 4, {"c": 5})
assert keywords(*[1, 2], **{"d": None}) == (1, (2,), 2, {"d": None})
assert next_day(datetime.date(2023, 12, 31)) == datetime.date(2024, 1, 1)
assert price(decimal.Decimal("2.50")) == decimal.Decimal("3.000")
assert same(x=3) == 3
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
