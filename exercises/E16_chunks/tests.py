def test_the_last_is_shorter():
    assert list(chunks([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]


def test_it_fits():
    assert list(chunks(["a", "b", "c", "d"], 2)) == [["a", "b"], ["c", "d"]]


def test_one_each():
    assert list(chunks([1, 2], 1)) == [[1], [2]]


def test_larger_than_the_list():
    assert list(chunks([1, 2], 10)) == [[1, 2]]


def test_nothing():
    assert list(chunks([], 3)) == []


def test_no_size():
    try:
        list(chunks([1], 0))
    except ValueError:
        return
    assert False, "chunks([1], 0) must raise ValueError"
