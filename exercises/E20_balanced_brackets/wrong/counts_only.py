# status: tests_failed
# fails: test_crossing, test_closed_too_early
def is_balanced(text):
    return (
        text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and text.count("{") == text.count("}")
    )
