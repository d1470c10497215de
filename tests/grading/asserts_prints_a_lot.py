# A program that prints much, at import and in each call.
# %% program
for i in range(2000):
    print("line", i)


def f(n):
    for i in range(500):
        print(n, i)
    return n
# %% tests
assert f(1) == 1
assert output.startswith("line 0\n")
assert "line 1999" in output
assert f(2) == 2
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
