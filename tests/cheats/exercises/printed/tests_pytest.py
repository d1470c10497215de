import starter


def test_limit():
    assert starter.LIMIT == 7


def test_names():
    assert starter.NAMES[0] == "ada" and starter.NAMES[1] == "grace"


def test_output():
    assert output.splitlines()[1] == "2 4"


def test_square():
    assert starter.square(12) == 144
