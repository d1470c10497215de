# status: tests_failed
# fails: Test 3, Test 4
def username(name):
    name.replace(".", "")
    name.replace("'", "")
    return "-".join(name.lower().split())
