def by_name(people):
    """Returns people sorted by name."""


def by_age(people):
    """Returns people sorted by age, the oldest first."""
