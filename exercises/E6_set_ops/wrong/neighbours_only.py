# status: tests_failed
# fails: test_duplicates, test_lists_stay_as_they_are
def in_both(a, b):
    return set(a).intersection(b)


def in_one_only(a, b):
    both = in_both(a, b)
    a += b
    return {x for x in a if x not in both}


def has_duplicates(items):
    for i in range(len(items) - 1):
        if items[i] == items[i + 1]:
            return True
    return False
