# status: tests_failed
# fails: test_two_rows, test_one_row, test_one_column, test_twice_is_the_same, test_rows_are_separate
def transpose(rows):
    return list(zip(*rows))
