# status: tests_failed
# fails: test_in_both, test_nothing_in_both, test_in_one_only, test_twice_in_the_same_list, test_same_in_both
def in_both(a, b):
    return [x for x in a if x in b]


def in_one_only(a, b):
    return [x for x in a if x not in b] + [x for x in b if x not in a]


def has_duplicates(items):
    return len(items) != len(set(items))
