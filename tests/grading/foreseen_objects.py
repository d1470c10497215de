# Where an answer is more than a plain value, what is asked of it is asked before the next call is made.
# %% program
class Counter:
    def __init__(self):
        self.value = 0


counter = Counter()


def count(by=1):
    counter.value += by
    return counter


def pair():
    return (counter.value, counter)


def kept(items, seen=[]):
    seen.append(items)
    return len(seen)
# %% tests
assert count().value == 1
assert count(2).value == 3
assert pair()[1].value == 3
assert count().value == 4
assert kept([1]) == 1
assert kept([1, 2]) == 2
assert pair()[0] == 4
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
