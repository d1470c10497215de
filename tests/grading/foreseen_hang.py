# One of the calls that are asked for at once never ends: its test fails, the others do not.
# timeoutMs: 1500
# %% program
def slow(number):
    while number == 2:
        pass
    return number
# %% tests
assert slow(1) == 1
assert slow(2) == 2
assert slow(3) == 3
assert slow(4) == 5
# %% cases
# Test 1: passed
# Test 2: failed {"message~": "still running"}
# Test 3: passed
# Test 4: failed {"actual": "4"}
