# status: tests_failed
# fails: test_a_week, test_the_other_way_round, test_the_same_day, test_a_year, test_a_leap_year, test_a_year_that_is_none
from datetime import date


def days_between(first, second):
    return abs((date.fromisoformat(second) - date.fromisoformat(first)).days) + 1
