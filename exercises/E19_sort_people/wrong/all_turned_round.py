# status: tests_failed
# fails: test_same_age
def by_name(people):
    return sorted(people, key=lambda person: person["name"].lower())


def by_age(people):
    return sorted(people, key=lambda person: (person["age"], person["name"].lower()), reverse=True)
