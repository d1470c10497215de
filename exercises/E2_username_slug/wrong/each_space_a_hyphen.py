# status: tests_failed
# fails: Test 5, Test 6, Test 8
def username(name):
    name = name.lower().replace(".", "").replace("'", "")
    return name.replace(" ", "-")
