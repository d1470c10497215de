# status: tests_failed
# fails: test_three, test_one_at_a_time
def countdown(start):
    for number in range(1, start + 1):
        yield number
