def in_both(a, b):
    """Returns the set of what is in both lists."""
    return set(a) & set(b)


def in_one_only(a, b):
    """Returns the set of what is in exactly one of the lists."""
    return set(a) ^ set(b)


def has_duplicates(items):
    """Tells whether something is in the list more than once."""
    return len(set(items)) < len(items)
