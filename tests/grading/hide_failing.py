# Hidden tests: names and statuses, no source, expected values or messages of theirs.
# hide: true
# %% program
def add(a, b):
    return a - b
# %% tests
assert add(0, 0) == 0
assert add(123454321, 0) == 123454320 + 1, "a secret sentence"
assert add(5, 987656789) == 987656794, "a secret sentence"
# %% cases
# Test 1: passed {"source": null}
# Test 2: passed {"source": null}
# Test 3: failed {"source": null, "expected": null}
