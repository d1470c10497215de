# status: tests_failed
# fails: test_the_message_names_the_text
def parse_age(text):
    text = text.strip()
    if not text.isdecimal() or int(text) > 150:
        raise ValueError(text + " is no age")
    return int(text)
