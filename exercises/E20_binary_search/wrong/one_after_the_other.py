# status: tests_failed
# fails: test_few_looks
def find(items, wanted):
    for place in range(len(items)):
        if items[place] == wanted:
            return place
    return None
