# status: tests_failed
# fails: test_below_zero, test_too_old, test_the_message_names_the_text
def parse_age(text):
    return int(text)
