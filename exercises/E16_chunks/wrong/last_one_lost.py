# status: tests_failed
# fails: test_the_last_is_shorter, test_larger_than_the_list, test_no_size
def chunks(items, size):
    chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
