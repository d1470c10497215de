def test_nothing():
    assert is_balanced("") == True


def test_no_brackets():
    assert is_balanced("hello") == True


def test_pairs():
    assert is_balanced("()[]{}") == True


def test_one_in_the_other():
    assert is_balanced("f(a[1], {2: (3)})") == True


def test_another_kind():
    assert is_balanced("(]") == False


def test_crossing():
    assert is_balanced("([)]") == False


def test_not_closed():
    assert is_balanced("((a)") == False


def test_not_opened():
    assert is_balanced("a)") == False


def test_closed_too_early():
    assert is_balanced(")(") == False
