# status: tests_failed
# fails: test_the_ends_of_the_range
def parse_age(text):
    age = int(text)
    if age <= 0 or age >= 150:
        raise ValueError(text + " is no age")
    return age
