# status: tests_failed
# fails: Test 1, Test 3, Test 4, Test 6
def tip(bill, percent):
    return round(bill * percent, 2)


def share(bill, percent, people):
    return round((bill + tip(bill, percent)) / people, 2)
