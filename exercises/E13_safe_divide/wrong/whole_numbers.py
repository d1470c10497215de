# status: tests_failed
# fails: test_fractions
def safe_divide(a, b):
    try:
        return a // b
    except ZeroDivisionError:
        return None
