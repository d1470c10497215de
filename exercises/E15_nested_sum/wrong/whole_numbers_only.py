# status: tests_failed
# fails: Test 6
def nested_sum(items):
    total = 0
    for item in items:
        if isinstance(item, list):
            total += nested_sum(item)
        elif isinstance(item, int):
            total += item
    return total
