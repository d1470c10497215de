# One parameter set fails.
# needs: pytest
# %% program
def is_even(n):
    return n in (0, 2)
# %% tests
import pytest
from starter import is_even


@pytest.mark.parametrize("n", [0, 2, 4], ids=["zero", "two", "four"])
def test_even(n):
    assert is_even(n)
# %% cases
# test_even[zero]: passed
# test_even[two]: passed
# test_even[four]: failed {"actual": "False"}
