# status: tests_failed
# fails: test_the_other_way_round
from datetime import date


def days_between(first, second):
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
