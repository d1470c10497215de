# status: tests_failed
# fails: test_no_rows
def transpose(rows):
    return [[row[column] for row in rows] for column in range(len(rows[0]))]
