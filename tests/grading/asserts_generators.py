# Generators, iterators and lazy values.
# %% program
import itertools


def count(n):
    for i in range(n):
        yield i


def naturals():
    return itertools.count(1)


class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        return iter(range(self.start, 0, -1))


class Steps:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 3:
            raise StopIteration
        self.n += 1
        return self.n


def echo():
    heard = []
    while True:
        word = yield heard
        if word is None:
            return
        heard.append(word)


def tree(node):
    if isinstance(node, list):
        for each in node:
            yield from tree(each)
    else:
        yield node


squares = (n * n for n in range(4))
mapped = map(str, [1, 2])
zipped = zip("ab", [1, 2])
# %% tests
import itertools
import types

assert list(count(3)) == [0, 1, 2]
g = count(2)
assert next(g) == 0 and next(g) == 1 and next(g, "end") == "end"
assert list(itertools.islice(naturals(), 3)) == [1, 2, 3]
assert list(Countdown(3)) == [3, 2, 1] and 2 in Countdown(3)
c = Countdown(2)
assert list(c) == list(c)
assert [n for n in Steps()] == [1, 2, 3]
assert sum(count(5)) == 10 and max(count(5)) == 4 and sorted(count(3), reverse=True) == [2, 1, 0]
assert list(tree([1, [2, [3]], []])) == [1, 2, 3]
assert list(squares) == [0, 1, 4, 9] and list(squares) == []
assert list(mapped) == ["1", "2"] and dict(zipped) == {"a": 1, "b": 2}
e = echo()
next(e)
assert e.send("a") == ["a"]
assert e.send("b") == ["a", "b"]
e.close()
assert next(e, None) is None
a, *rest = count(4)
assert (a, rest) == (0, [1, 2, 3])
assert iter(g) is g
assert isinstance(count(1), types.GeneratorType)
assert "".join(str(n) for n in count(3)) == "012"
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
