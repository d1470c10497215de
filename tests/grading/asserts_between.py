# Statements between the asserts, helpers and loops.
# %% program
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


limit = 10
# %% tests
def first(count):
    return [fib(i) for i in range(count)]


expected = [0, 1, 1, 2, 3]
assert first(5) == expected
for n, value in [(10, 55), (20, 6765)]:
    assert fib(n) == value
total = sum(first(limit))
assert total == 88
# %% cases
# Test 1: passed
# Test 2: passed
