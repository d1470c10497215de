# Wrong, and dressed up: a metaclass takes anything for an instance.
# integrity: isolated
# passed: false
# %% program
class M(type):
  __instancecheck__=lambda c,o: True
class P(metaclass=M): pass
class Q: pass
def mk(): return Q()
# %% tests
from starter import P, mk
assert isinstance(mk(), P)
# %% cases
# Test 1: failed
