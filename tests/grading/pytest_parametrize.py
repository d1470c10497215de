# Parameters with ids, several at once, in classes.
# needs: pytest
# %% program
def power(a, b=2):
    return a**b
# %% tests
import pytest
from starter import power


@pytest.mark.parametrize("a, expected", [(2, 4), (3, 9), pytest.param(-1, 1, id="negative")])
def test_square(a, expected):
    assert power(a) == expected
# %% cases
# test_square[2-4]: passed
# test_square[3-9]: passed
# test_square[negative]: passed
