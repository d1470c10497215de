# Tests whose fault shows late beside a program that never ends: the case is the tests' fault, and nobody waits for ever.
# passed: false
# timeoutMs: 1000
# %% program
def f():
    return 1
while True:
    pass
# %% tests
assert f() == 1
return 2
# %% cases
# Test 1: error {"line": 2, "message~": "the tests themselves are wrong"}
