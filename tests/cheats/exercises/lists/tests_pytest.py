import pytest
import starter


@pytest.fixture
def data():
    return [3, 1, 2, 3]


def test_unique_sorted(data):
    expected = [1, 2, 3]
    assert starter.unique_sorted(data) == expected


def test_evens():
    assert starter.evens([1, 2, 3, 4]) == [2, 4]


def test_counts():
    result = starter.counts(["b", "a", "b"])
    assert result["b"] == 2 and result["a"] == 1 and len(result) == 2


def test_pairs():
    assert (2, 3) in starter.pairs([1, 2, 3])
