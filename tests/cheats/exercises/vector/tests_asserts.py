assert Vector(1, 2) + Vector(3, 4) == Vector(4, 6)
assert (Vector(1, 2) + Vector(3, 4)).x == 4
assert starter.Vector(3, 4).length == 5.0
assert tuple(Vector(1, 2)) == (1, 2)
assert repr(Vector(1, 2)) == "Vector(1, 2)"
assert (Vector(1, 2) * 3).y == 6
assert Vector(1, 2) == Vector(1, 2) and not Vector(1, 2) == Vector(2, 1)
assert len({Vector(1, 2), Vector(1, 2), Vector(2, 1)}) == 2
