# status: tests_failed
# fails: Test 2, Test 3, Test 4
def greet(name):
    return "Hello, Ada!"
