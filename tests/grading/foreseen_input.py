# The program reads and changes what it is given in calls that are asked for at once.
# %% program
def first(items, default=None):
    return items.pop(0) if items else default


def asked():
    try:
        return input("name? ")
    except EOFError:
        return "nobody"
# %% tests
assert first([1, 2]) == 1
assert first([1, 2]) == 1
assert first([], default=(1, 2)) == (1, 2)
assert first({}, default={"a": [1, {2}]}) == {"a": [1, {2}]}
assert asked() == "nobody"
assert first([-1.5, None]) == -1.5
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
