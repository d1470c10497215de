# status: tests_failed
# fails: Test 2
def initials(name):
    return "".join(part[0] + "." for part in name.split())
