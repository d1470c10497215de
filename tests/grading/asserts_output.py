# The first example of the contract: what was printed.
# %% program
print('Hello World')
# %% tests
assert 'Hello' in output
# %% cases
# Test 1: passed
