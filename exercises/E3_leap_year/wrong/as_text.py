# status: tests_failed
# fails: Test 1, Test 2, Test 3, Test 4, Test 5, Test 6, Test 7, Test 8
def is_leap_year(year):
    if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0):
        return "True"
    else:
        return "False"
