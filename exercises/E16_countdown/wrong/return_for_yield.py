# status: tests_failed
# fails: test_three, test_one, test_zero, test_below_zero, test_one_at_a_time
def countdown(start):
    while start > 0:
        return start
        start -= 1
