# Calls that are asked for at once are made in their order, and each sees what the ones before it left.
# %% program
log = []


def add(value, *more, times=1):
    print("adding", value)
    log.extend([value, *more] * times)
    return log


def total():
    return sum(log)
# %% tests
from starter import add, total
assert add(1) == [1]
assert add(2, 3) == [1, 2, 3]
assert add(4, times=2) == [1, 2, 3, 4, 4]
assert total() == 14
assert round(total() / 3, 2) == 4.67
assert total() == 15
assert add(0)[-1] == 0
# %% cases
# Test 1: passed {"output": "adding 1\n"}
# Test 2: passed {"output": "adding 2\n"}
# Test 3: passed {"output": "adding 4\n"}
# Test 4: passed
# Test 5: passed
# Test 6: failed {"expected": "15", "actual": "14"}
# Test 7: passed {"output": "adding 0\n"}
