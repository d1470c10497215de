def test_small_vowels():
    assert count_vowels("banana") == 3
    assert count_vowels("rhythm") == 0


def test_capital_vowels():
    assert count_vowels("Apple") == 2
    assert count_vowels("AEIOU") == 5


def test_longest_word():
    assert longest(["a", "ant", "an"]) == "ant"
    assert longest([]) == ""


def test_first_of_the_longest_words():
    assert longest(["to", "be", "or"]) == "to"


def test_short_words_are_left_out():
    assert without_short(["ant", "a", "bear"], 3) == ["ant", "bear"]


def test_short_words_next_to_each_other():
    assert without_short(["a", "an", "ant", "be"], 3) == ["ant"]
    assert without_short(["a", "b", "c"], 2) == []


def test_given_words_stay_as_they_are():
    words = ["a", "ant"]
    without_short(words, 2)
    assert words == ["a", "ant"]


def test_tag_is_added():
    assert add_tag("red", ["round"]) == ["round", "red"]
    assert add_tag("red", []) == ["red"]


def test_new_tags_each_time():
    assert add_tag("new") == ["new"]
    assert add_tag("old") == ["old"]
