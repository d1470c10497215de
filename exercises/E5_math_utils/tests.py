def test_clamp_between_given_limits():
    assert clamp(7, 1, 5) == 5
    assert clamp(0, 1, 5) == 1
    assert clamp(3, 1, 5) == 3


def test_clamp_without_limits():
    assert clamp(120) == 100
    assert clamp(-1) == 0
    assert clamp(50) == 50


def test_clamp_with_one_limit_by_name():
    assert clamp(-3, low=-10) == -3
    assert clamp(70, high=60) == 60


def test_average():
    assert average(1, 2, 3, 4) == 2.5
    assert average(8) == 8
    assert average(-1, 1) == 0


def test_average_of_nothing():
    assert average() == 0


def test_smallest_and_largest():
    assert smallest_and_largest([3, 1, 2]) == (1, 3)
    assert smallest_and_largest([-2, -9]) == (-9, -2)
    assert smallest_and_largest([5]) == (5, 5)


def test_list_stays_as_it_is():
    numbers = [3, 1, 2]
    smallest_and_largest(numbers)
    assert numbers == [3, 1, 2]
