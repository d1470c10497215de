# What is asked for at once are functions that the program has; with other names among them, everything is as ever.
# %% program
LIMIT = 3


class Box:
    def __init__(self, value):
        self.value = value


def double(number):
    global double
    double = None
    return 2 * number
# %% tests
assert double(1) == 2
assert double(2) == 4
assert LIMIT == 3
assert Box(2).value == 2
assert missing(1) == 1
assert double(3) == 6
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: error {"error~": "NameError"}
# Test 6: passed
