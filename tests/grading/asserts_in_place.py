# Arguments changed in place, identity, default mutable arguments, counters across calls.
# %% program
calls = 0


def bubble(items):
    for i in range(len(items)):
        for j in range(len(items) - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]


def update(d, **more):
    d.update(more)
    d.setdefault("list", []).append(1)


def deep(table):
    table["rows"][0].append("x")
    table["rows"].append([])


def discard(s, x):
    s.discard(x)


def same(x):
    global calls
    calls += 1
    return x


def collect(x, into=[]):
    into.append(x)
    return into


def reverse(ba):
    ba.reverse()


def both(a, b):
    a.append(1)
    return a is b
# %% tests
items = [3, 1, 2]
assert bubble(items) is None
assert items == [1, 2, 3]
d = {"a": 1}
update(d, b=2)
assert d == {"a": 1, "b": 2, "list": [1]}
inner = ["y"]
table = {"rows": [inner]}
deep(table)
assert table == {"rows": [["y", "x"], []]}
assert inner == ["y", "x"] and table["rows"][0] is inner
s = {1, 2}
discard(s, 2)
assert s == {1}
assert same(items) is items and same(d) is d
o = object()
assert same(o) is o
assert same(None) is None and same("a") == "a"
assert starter.calls == 5
assert collect(1) == [1]
assert collect(2) == [1, 2] and collect(3, []) == [3]
ba = bytearray(b"abc")
reverse(ba)
assert ba == b"cba"
x = []
assert both(x, x) and x == [1]
assert not both(x, [1])
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
