# status: tests_failed
# fails: test_empty_table, test_the_table_stays
def flatten(rows):
    result = rows[0]
    for row in rows[1:]:
        result += row
    return result
