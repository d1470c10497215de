# status: tests_failed
# fails: test_three, test_one, test_zero
def countdown(start):
    while start >= 0:
        yield start
        start -= 1
