# status: tests_failed
# fails: test_a_year, test_a_leap_year, test_a_year_that_is_none, test_no_such_day
def days_between(first, second):
    def number(text):
        year, month, day = map(int, text.split("-"))
        return year * 360 + month * 30 + day

    return abs(number(second) - number(first))
