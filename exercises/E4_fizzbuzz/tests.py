def test_one_is_a_text():
    assert fizzbuzz(1) == ["1"]


def test_n_is_the_last_number():
    assert fizzbuzz(2) == ["1", "2"]


def test_three_is_fizz():
    assert fizzbuzz(3)[2] == "Fizz"


def test_five_is_buzz():
    assert fizzbuzz(5) == ["1", "2", "Fizz", "4", "Buzz"]


def test_fifteen_is_both():
    assert fizzbuzz(15)[14] == "FizzBuzz"


def test_up_to_a_hundred():
    said = fizzbuzz(100)
    assert len(said) == 100
    assert said.count("Fizz") == 27
    assert said.count("Buzz") == 14
    assert said.count("FizzBuzz") == 6
    assert said[97] == "98"


def test_zero_is_an_empty_list():
    assert fizzbuzz(0) == []
