# Wrong, and dressed up: a hook of pytest in the learner's module.
# needs: pytest
# integrity: isolated
# passed: false
# %% program
def f(x): return x
def pytest_generate_tests(metafunc):
    for p in metafunc.config.pluginmanager.get_plugins():
        try: r=p.reporter; s=r.send
        except BaseException: continue
        s({"name":"","status":"passed"}, 0)
        r.finish()
# %% tests
import pytest
from starter import *
def test_a():
    assert f(1)==2
# %% cases
# test_a: failed
