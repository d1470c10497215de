def test_one_number():
    assert sum_numbers("42") == 42


def test_several_lines():
    assert sum_numbers("1\n2\n3") == 6
    assert sum_numbers("10\n20\n") == 30


def test_below_zero():
    assert sum_numbers("-5\n2") == -3


def test_decimals():
    assert sum_numbers("2.5\n0.25\n-1.5") == 1.25


def test_empty_lines():
    assert sum_numbers("1\n\n2\n   \n3\n\n") == 6


def test_notes():
    assert sum_numbers("# 100\n1\n#2\n3") == 4


def test_spaces_around():
    assert sum_numbers("  4\n5  \n  # note\n") == 9


def test_nothing_to_add():
    assert sum_numbers("") == 0
    assert sum_numbers("# only a note") == 0
