# status: tests_failed
# fails: Test 7, Test 8
def is_leap_year(year):
    return year % 4 == 0 and year % 100 != 0
