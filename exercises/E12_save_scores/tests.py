def content(path):
    with open(path) as file:
        return file.read()


def test_a_line_for_each():
    save_scores("a.txt", {"Ann": 12, "Bob": 7})
    assert content("a.txt") == "Ann:12\nBob:7\n"


def test_what_was_there_is_gone():
    save_scores("b.txt", {"Ann": 12})
    save_scores("b.txt", {"Bob": 7})
    assert content("b.txt") == "Bob:7\n"


def test_read_again():
    save_scores("c.txt", {"Ann": 12, "Bob": -7})
    assert load_scores("c.txt") == {"Ann": 12, "Bob": -7}


def test_names_of_two_words():
    save_scores("d.txt", {"Ann Lee": 1})
    assert load_scores("d.txt") == {"Ann Lee": 1}


def test_no_scores():
    save_scores("e.txt", {})
    assert load_scores("e.txt") == {}


def test_no_file():
    assert load_scores("nothing.txt") == {}
