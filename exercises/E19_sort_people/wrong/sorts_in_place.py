# status: tests_failed
# fails: test_the_list_stays
def by_name(people):
    people.sort(key=lambda person: person["name"].lower())
    return people


def by_age(people):
    people.sort(key=lambda person: (-person["age"], person["name"].lower()))
    return people
