import math

assert mean([1, 2, 4.5]) == 2.5
assert abs(root(2) - 1.4142135) < 1e-6
assert math.isclose(starter.mean([0.1, 0.2]), 0.15)
assert is_prime(97) is True
assert is_prime(9) is False
assert round(starter.root(10), 3) == 3.162
assert -1e-6 < root(5) - 2.2360679 < 1e-6, "the root of 5"
assert [n for n in range(20) if is_prime(n) == True] == [2, 3, 5, 7, 11, 13, 17, 19]
