def test_words_are_counted():
    assert word_count("the cat and the dog") == {"the": 2, "cat": 1, "and": 1, "dog": 1}


def test_one_word():
    assert word_count("hello") == {"hello": 1}


def test_upper_and_lower_case():
    assert word_count("The the THE") == {"the": 3}


def test_many_spaces():
    assert word_count("  a   b a ") == {"a": 2, "b": 1}


def test_lines():
    assert word_count("one\ntwo\none") == {"one": 2, "two": 1}


def test_no_words():
    assert word_count("") == {}
