# status: tests_failed
# fails: test_by_name_without_case, test_same_age
def by_name(people):
    return sorted(people, key=lambda person: person["name"])


def by_age(people):
    return sorted(people, key=lambda person: (-person["age"], person["name"]))
