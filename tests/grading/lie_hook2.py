# Wrong, and dressed up: a hook of pytest replaces a fixture.
# needs: pytest
# integrity: isolated
# passed: false
# %% program
def f(x): return x
def pytest_generate_tests(metafunc): metafunc.parametrize("case",[(2,2)])
# %% tests
import pytest
from starter import *
@pytest.fixture
def case(): return (2,4)
def test_a(case):
    assert f(case[0])==case[1]
# %% cases
# test_a: failed
