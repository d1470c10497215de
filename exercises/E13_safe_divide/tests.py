def test_divides():
    assert safe_divide(6, 3) == 2.0


def test_fractions():
    assert safe_divide(1, 4) == 0.25


def test_zero_above():
    assert safe_divide(0, 5) == 0.0


def test_zero_below():
    assert safe_divide(1, 0) is None


def test_zero_as_a_float():
    assert safe_divide(1, 0.0) is None


def test_other_errors_are_raised():
    try:
        safe_divide("6", 3)
    except TypeError:
        return
    assert False, "safe_divide('6', 3) must raise TypeError"
