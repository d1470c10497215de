def in_both(a, b):
    """Returns the set of what is in both lists."""


def in_one_only(a, b):
    """Returns the set of what is in exactly one of the lists."""


def has_duplicates(items):
    """Tells whether something is in the list more than once."""
