def pairs(answer):
    return [tuple(pair) for pair in answer]


def test_two():
    assert pairs(top_letters("Hello, World!", 2)) == [("l", 3), ("o", 2)]


def test_case():
    assert pairs(top_letters("aAaB", 2)) == [("a", 3), ("b", 1)]


def test_letters_only():
    assert pairs(top_letters("a1 1 1!!", 3)) == [("a", 1)]


def test_in_alphabetical_order():
    assert pairs(top_letters("ccbbaa", 3)) == [("a", 2), ("b", 2), ("c", 2)]


def test_the_order_decides_who_is_left_out():
    assert pairs(top_letters("zzyyxx", 2)) == [("x", 2), ("y", 2)]


def test_nothing():
    assert pairs(top_letters("", 3)) == []
