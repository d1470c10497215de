# status: tests_failed
# fails: test_nothing_in_both, test_same_in_both
def in_both(a, b):
    both = set(a) & set(b)
    if len(both) == 0:
        return {}
    return both


def in_one_only(a, b):
    one = set(a) ^ set(b)
    if len(one) == 0:
        return {}
    return one


def has_duplicates(items):
    return len(items) != len(set(items))
