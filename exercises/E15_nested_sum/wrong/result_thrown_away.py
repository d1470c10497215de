# status: tests_failed
# fails: Test 3, Test 5, Test 6
def nested_sum(items):
    total = 0
    for item in items:
        if isinstance(item, list):
            nested_sum(item)
        else:
            total += item
    return total
