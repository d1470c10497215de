# status: tests_failed
# fails: Test 5, Test 6
def is_leap_year(year):
    return year % 4 == 0
