# status: tests_failed
# fails: Test 5, Test 6, Test 7, Test 8
def initials(name):
    result = ""
    for part in name.split(" "):
        result += part[0].upper() + "."
    return result
