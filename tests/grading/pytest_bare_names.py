# Bare names, starter and output in test functions.
# needs: pytest
# %% program
print("seven", 7)


def seven():
    return 7
# %% tests
import pytest


def test_bare():
    assert seven() == pytest.approx(7)


def test_starter():
    assert starter.seven() == 7


def test_output():
    assert output == "seven 7\n"
# %% cases
# test_bare: passed
# test_starter: passed
# test_output: passed
