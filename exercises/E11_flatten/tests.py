def test_rows():
    assert flatten([[1, 2], [3], [4, 5]]) == [1, 2, 3, 4, 5]


def test_empty_rows():
    assert flatten([[], ["a"], []]) == ["a"]


def test_empty_table():
    assert flatten([]) == []


def test_one_level_only():
    assert flatten([[[1], 2]]) == [[1], 2]


def test_the_table_stays():
    table = [[1], [2]]
    flatten(table)
    assert table == [[1], [2]]
