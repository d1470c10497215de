# status: tests_failed
# fails: Test 1, Test 2, Test 3, Test 4, Test 5, Test 6
def initials(name):
    return ".".join(part[0].upper() for part in name.split())
