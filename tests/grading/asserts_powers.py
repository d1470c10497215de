# A number of the learner's own kind as a base and as an exponent.
# %% program
class Half:
    def __init__(self, twice):
        self.twice = twice

    def __pow__(self, n):
        return (self.twice / 2) ** n

    def __rpow__(self, base):
        return base ** (self.twice / 2)
# %% tests
from starter import Half

assert 16 ** Half(1) == 4.0
assert Half(3) ** 2 == 2.25
# %% cases
# Test 1: passed
# Test 2: passed
