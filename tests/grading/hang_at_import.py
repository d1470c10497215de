# A program that never ends: no case passes.
# timeoutMs: 1500
# %% program
while True:
    pass
# %% tests
assert starter.x == 1
assert True
# %% cases
# Test 1: failed {"message~": "still running"}
# Test 2: failed {"message~": "still running"}
