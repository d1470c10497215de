# status: tests_failed
# fails: test_other_errors_are_raised
def safe_divide(a, b):
    try:
        return a / b
    except Exception:
        return None
