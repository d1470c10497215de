def test_each_value_once():
    assert invert({"a": 1, "b": 2}) == {1: ["a"], 2: ["b"]}


def test_several_keys_for_a_value():
    assert invert({"ann": "red", "bob": "blue", "cy": "red"}) == {"red": ["ann", "cy"], "blue": ["bob"]}


def test_keys_stay_in_order():
    assert invert({"z": 0, "m": 0, "a": 0}) == {0: ["z", "m", "a"]}


def test_nothing():
    assert invert({}) == {}


def test_what_was_given_stays():
    pairs = {"a": 1, "b": 1}
    invert(pairs)
    assert pairs == {"a": 1, "b": 1}
