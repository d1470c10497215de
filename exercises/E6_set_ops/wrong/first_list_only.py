# status: tests_failed
# fails: test_in_one_only
def in_both(a, b):
    return set(a) & set(b)


def in_one_only(a, b):
    return set(a) - set(b)


def has_duplicates(items):
    return len(items) != len(set(items))
