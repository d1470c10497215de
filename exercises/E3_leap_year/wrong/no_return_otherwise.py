# status: tests_failed
# fails: Test 3, Test 4
def is_leap_year(year):
    if year % 4 == 0:
        if year % 100 == 0:
            return year % 400 == 0
        return True
