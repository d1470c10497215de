# A main block does not run, and what it reads does not hang.
# %% program
def area(a, b):
    return a * b


if __name__ == "__main__":
    print("area:", area(float(input("a: ")), float(input("b: "))))
    raise SystemExit(3)
# %% tests
assert area(2, 3) == 6
assert output == ""
assert "area" in dir(starter)
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
