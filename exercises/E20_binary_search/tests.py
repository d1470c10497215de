class Counting:
    """The numbers 0, 2, 4 … like a list, counting how often one looks."""

    def __init__(self, length):
        self.length = length
        self.looks = 0

    def __len__(self):
        return self.length

    def __getitem__(self, place):
        if not 0 <= place < self.length:
            raise IndexError("no such place")
        self.looks += 1
        assert self.looks <= 100, "a list of a million items takes about twenty looks, not more than a hundred"
        return place * 2


def test_in_the_middle():
    assert find([2, 3, 5, 7, 11], 7) == 3


def test_first_and_last():
    assert find([2, 3, 5, 7, 11], 2) == 0
    assert find([2, 3, 5, 7, 11], 11) == 4


def test_not_there():
    assert find([2, 3, 5, 7, 11], 4) is None


def test_too_small_and_too_large():
    assert find([2, 3, 5], 1) is None
    assert find([2, 3, 5], 9) is None


def test_empty():
    assert find([], 1) is None


def test_words():
    assert find(["ant", "bee", "cat"], "bee") == 1


def test_few_looks():
    numbers = Counting(1_000_000)
    assert find(numbers, 1_234_568) == 617_284
