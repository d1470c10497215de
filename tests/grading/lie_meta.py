# Wrong, and dressed up: a metaclass contains everything.
# integrity: isolated
# passed: false
# %% program
class Meta(type):
    def __contains__(c,i): return True
class K(metaclass=Meta): pass
def f(x): return K
# %% tests
assert 7 in f(20)
# %% cases
# Test 1: error
