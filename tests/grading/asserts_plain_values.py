# Values of every plain type come back as they are.
# %% program
import datetime
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction


def values():
    return {
        "tuple": (1, "a", None),
        "set": {1, 2},
        "frozenset": frozenset("ab"),
        "bytes": b"\x00\xff",
        "bytearray": bytearray(b"ab"),
        "complex": 1 + 2j,
        "decimal": Decimal("1.10"),
        "fraction": Fraction(1, 3),
        "date": datetime.date(2024, 2, 29),
        "datetime": datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc),
        "delta": datetime.timedelta(days=1, seconds=2),
        "time": datetime.time(1, 2, 3),
        "range": range(1, 10, 2),
        "big": 2**10000,
        "counter": Counter("aab"),
        "ordered": OrderedDict(b=1, a=2),
        "default": defaultdict(list, a=[1]),
        "deque": deque([1, 2], maxlen=3),
        "none": None,
        "ellipsis": ...,
        "slice": slice(1, 2),
        (1, ("a", 2)): {"b": [({},)]},
        1.5: float("inf"),
        "text": "é\n\t\"'\\ \U0001f600",
    }


def nan():
    return float("nan")


def minus_zero():
    return -0.0
# %% tests
import datetime
import math
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction

v = values()
assert v["tuple"] == (1, "a", None) and type(v["tuple"]) is tuple
assert v["set"] == {1, 2} and type(v["set"]) is set
assert v["frozenset"] == frozenset("ab") and type(v["frozenset"]) is frozenset
assert v["bytes"] == b"\x00\xff" and v["bytearray"] == b"ab"
assert type(v["bytearray"]) is bytearray
assert v["complex"] == 1 + 2j
assert v["decimal"] == Decimal("1.10") and str(v["decimal"]) == "1.10"
assert v["fraction"] == Fraction(1, 3) and v["fraction"].denominator == 3
assert v["date"] == datetime.date(2024, 2, 29) and v["date"].weekday() == 3
assert v["datetime"].isoformat() == "2024-02-29T12:30:00+00:00"
assert v["delta"] == datetime.timedelta(days=1, seconds=2)
assert v["time"].minute == 2
assert v["range"] == range(1, 10, 2) and list(v["range"]) == [1, 3, 5, 7, 9]
assert v["big"] == 2**10000 and v["big"].bit_length() == 10001
assert v["counter"] == Counter("aab") and v["counter"].most_common(1) == [("a", 2)]
assert list(v["ordered"]) == ["b", "a"] and isinstance(v["ordered"], OrderedDict)
assert v["default"]["a"] == [1] and isinstance(v["default"], defaultdict) and v["default"]["new"] == []
assert v["deque"] == deque([1, 2]) and v["deque"].maxlen == 3
assert v["none"] is None and v["ellipsis"] is ...
assert v[(1, ("a", 2))] == {"b": [({},)]}
assert v[1.5] == math.inf
assert v["text"] == "é\n\t\"'\\ \U0001f600"
assert list(v)[0] == "tuple" and len(v) == 24
assert math.isnan(nan()) and nan() != nan()
assert math.copysign(1, minus_zero()) == -1
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
# Test 9: passed
# Test 10: passed
# Test 11: passed
# Test 12: passed
# Test 13: passed
# Test 14: passed
# Test 15: passed
# Test 16: passed
# Test 17: passed
# Test 18: passed
# Test 19: passed
# Test 20: passed
# Test 21: passed
# Test 22: passed
# Test 23: passed
# Test 24: passed
# Test 25: passed
