def test_a_week():
    assert days_between("2026-03-01", "2026-03-08") == 7


def test_the_other_way_round():
    assert days_between("2026-03-08", "2026-03-01") == 7


def test_the_same_day():
    assert days_between("2026-03-01", "2026-03-01") == 0


def test_a_year():
    assert days_between("2025-01-01", "2026-01-01") == 365


def test_a_leap_year():
    assert days_between("2024-02-28", "2024-03-01") == 2


def test_a_year_that_is_none():
    assert days_between("1900-02-28", "1900-03-01") == 1


def test_no_such_day():
    try:
        days_between("2026-02-30", "2026-03-01")
    except ValueError:
        return
    assert False, "the 30th of February must raise ValueError"
