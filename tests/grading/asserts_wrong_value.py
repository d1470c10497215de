# Expected and actual values, from both sides.
# %% program
def add(a, b):
    return a - b


def greet(name):
    return "hello " + name


def nothing():
    pass
# %% tests
assert add(2, 0) == 2
assert add(2, 1) == 3
assert 5 == starter.add(9, 3)
assert greet("Ada") == "Hello Ada", "upper case"
assert nothing() is True
assert add(1, 1) > 0
# %% cases
# Test 1: passed
# Test 2: failed {"expected": "3", "actual": "1", "line": 2, "message~": "add(2, 1)"}
# Test 3: failed {"expected": "5", "actual": "6", "line": 3}
# Test 4: failed {"expected": "'Hello Ada'", "actual": "'hello Ada'", "line": 4, "message~": "upper case"}
# Test 5: failed {"actual": "None", "line": 5}
# Test 6: failed {"actual": "0", "line": 6}
