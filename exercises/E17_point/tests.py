import dataclasses


def test_fields():
    point = Point(3, 4)
    assert point.x == 3
    assert point.y == 4


def test_it_is_a_dataclass():
    assert repr(Point(3, 4)) == "Point(x=3, y=4)"


def test_defaults():
    assert (Point().x, Point().y) == (0, 0)


def test_equal():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)


def test_distance():
    assert Point(3, 4).distance() == 5
    assert Point(-6, 8).distance() == 10


def test_moved():
    moved = Point(1, 2).moved(10, -2)
    assert (moved.x, moved.y) == (11, 0)


def test_moved_leaves_the_point():
    point = Point(1, 2)
    point.moved(5, 5)
    assert (point.x, point.y) == (1, 2)
