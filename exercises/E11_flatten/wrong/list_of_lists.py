# status: tests_failed
# fails: test_rows, test_empty_rows, test_one_level_only
def flatten(rows):
    return [row for row in rows]
