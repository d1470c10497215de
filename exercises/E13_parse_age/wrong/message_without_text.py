# status: tests_failed
# fails: test_the_message_names_the_text
def parse_age(text):
    age = int(text)
    if not 0 <= age <= 150:
        raise ValueError("no age")
    return age
