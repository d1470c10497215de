# status: tests_failed
# fails: Test 3, Test 5
def tip(bill, percent):
    return bill * percent / 100


def share(bill, percent, people):
    return (bill + tip(bill, percent)) / people
