# Nothing but examples: each that says what it gives is a case.
# %% program
def double(n):
    return n * 2
# %% tests
>>> from starter import double
>>> double(2)
4
>>> x = double(5)
>>> x
10
>>> double("a")
'aaa'
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: failed {"expected": "'aaa'", "actual": "'aa'"}
