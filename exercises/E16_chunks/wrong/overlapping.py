# status: tests_failed
# fails: test_the_last_is_shorter, test_it_fits, test_larger_than_the_list
def chunks(items, size):
    if size < 1:
        raise ValueError("too small")
    for start in range(len(items)):
        yield items[start:start + size]
