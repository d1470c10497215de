# What a function keeps of its arguments and changes later, it changes for the tests, too; and the other way round.
# %% program
KEPT = []


def emptying(items):
    while items:
        yield items.pop(0)


def doubling(items):
    for at, item in enumerate(items):
        items[at] = item * 2
        yield


def keep(items):
    KEPT.append(items)


def add_to_kept(item):
    for items in KEPT:
        items.append(item)


def adder(items):
    def add(item):
        items.append(item)

    return add


def total():
    return sum(map(sum, KEPT))


def peek(items):
    return len(items)
# %% tests
numbers = [1, 2, 3]
assert list(emptying(numbers)) == [1, 2, 3]
assert numbers == []
numbers = [1, 2, 3]
assert list(emptying(numbers)) == [1, 2, 3] and numbers == [1, 2, 3]
two = [1, 2]
steps = doubling(two)
next(steps)
assert two == [2, 2]
next(steps)
assert two == [2, 4]
mine = []
keep(mine)
add_to_kept(5)
assert mine == [5]
mine.append(6)
assert total() == 11
words = ["a"]
add = adder(words)
add("b")
assert words == ["a", "b"]
others = [1]
assert peek(others) == 1
others.append(2)
assert peek(others) == 2 and others == [1, 2]
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: failed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
# Test 9: passed
# Test 10: passed
