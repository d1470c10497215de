import pytest
from starter import Vector


@pytest.fixture
def v():
    return Vector(3, 4)


def test_add(v):
    assert v + Vector(1, 1) == Vector(4, 5)


def test_length(v):
    assert v.length == pytest.approx(5)


def test_text(v):
    assert f"{v}" == "Vector(3, 4)"


def test_parts(v):
    x, y = v * 2
    assert [x, y] == [6, 8]
