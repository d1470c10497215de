# status: tests_failed
# fails: Test 1, Test 2, Test 3, Test 4, Test 5, Test 6, Test 7
def username(name):
    name = name.replace(".", "").replace("'", "")
    return "-".join(name.split())
