# status: tests_failed
# fails: test_two_rows, test_one_row, test_no_rows, test_twice_is_the_same, test_rows_are_separate
def transpose(rows):
    turned = [[None] * len(rows)] * len(rows[0])
    for r, row in enumerate(rows):
        for c, item in enumerate(row):
            turned[c][r] = item
    return turned
