# Cases after a failing one still run.
# %% program
print("Hello Wrold")
print(2 + 2)
# %% tests
assert "World" in output
assert output.splitlines()[1] == "4"
assert output == "Hello Wrold\n4\n" or output.strip() == "Hello Wrold\n4", "all of it"
# %% cases
# Test 1: failed {"line": 1, "message~": "World", "source": "assert \"World\" in output"}
# Test 2: passed
# Test 3: passed
