# status: tests_failed
# fails: test_not_there, test_too_small_and_too_large, test_empty
from bisect import bisect_left


def find(items, wanted):
    place = bisect_left(items, wanted)
    return place if place < len(items) and items[place] == wanted else -1
