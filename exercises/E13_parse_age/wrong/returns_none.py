# status: tests_failed
# fails: test_no_number, test_empty, test_not_whole, test_below_zero, test_too_old, test_the_message_names_the_text
def parse_age(text):
    try:
        age = int(text)
    except ValueError:
        return None
    return age if 0 <= age <= 150 else None
