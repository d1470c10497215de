import pytest
from starter import InsufficientFunds, parse_age, withdraw


def test_withdraw():
    assert withdraw(10, 4) == 6


def test_too_much():
    with pytest.raises(InsufficientFunds, match="^5 more needed$") as caught:
        withdraw(1, 6)
    assert caught.value.missing == 5


def test_negative():
    with pytest.raises(ValueError) as caught:
        parse_age("-3")
    assert str(caught.value) == "an age is not negative"


def test_age():
    assert parse_age("41") == 41
