# status: tests_failed
# fails: test_zero_above
def safe_divide(a, b):
    if not a or not b:
        return None
    return a / b
