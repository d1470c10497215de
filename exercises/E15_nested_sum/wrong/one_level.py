# status: tests_failed
# fails: Test 3, Test 4, Test 5
def nested_sum(items):
    total = 0
    for item in items:
        if isinstance(item, list):
            total += sum(item)
        else:
            total += item
    return total
