def by_name(people):
    """Returns people sorted by name."""
    return sorted(people, key=lambda person: person["name"].lower())


def by_age(people):
    """Returns people sorted by age, the oldest first."""
    return sorted(people, key=lambda person: (-person["age"], person["name"].lower()))
