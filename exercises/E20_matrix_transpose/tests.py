def test_two_rows():
    assert transpose([[1, 2, 3], [4, 5, 6]]) == [[1, 4], [2, 5], [3, 6]]


def test_one_row():
    assert transpose([["a", "b"]]) == [["a"], ["b"]]


def test_one_column():
    assert transpose([[1], [2]]) == [[1, 2]]


def test_no_rows():
    assert transpose([]) == []


def test_twice_is_the_same():
    table = [[1, 2], [3, 4], [5, 6]]
    assert transpose(transpose(table)) == table


def test_the_table_stays():
    table = [[1, 2], [3, 4]]
    transpose(table)
    assert table == [[1, 2], [3, 4]]


def test_rows_are_separate():
    turned = transpose([[0, 0], [0, 0]])
    turned[0][0] = 1
    assert turned == [[1, 0], [0, 0]]
