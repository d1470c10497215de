# Chains, and, or, not, in, is, comprehensions and calls within calls.
# %% program
def clamp(n, low=0, high=10):
    return max(low, min(n, high))


def words(text):
    return text.split()
# %% tests
assert 0 <= clamp(-5) <= 10
assert clamp(20) == 10 and clamp(5) == 5 and not clamp(-1)
assert all(clamp(n) in range(11) for n in range(-20, 30))
assert words("a b")[1] == "b" and "c" not in words("a b")
assert (lambda: clamp(3))() == 3
assert [clamp(n, high=3) for n in (1, 5)] == [1, 3]
assert clamp(4) != 5, f"{clamp(4)} is wrong"
assert 0 < clamp(50) < 10
assert clamp(1) == 1 and clamp(2) == 3
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: failed {"line": 8, "actual": "10"}
# Test 9: failed {"line": 9, "expected": "3", "actual": "2"}
