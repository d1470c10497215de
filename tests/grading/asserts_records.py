# Dataclasses, named tuples, enums and typed dicts.
# %% program
import enum
from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)

    def moved(self, dx):
        return Point(self.x + dx, self.y, self.tags)


@dataclass(frozen=True, order=True)
class Card:
    rank: int
    suit: str


Pair = namedtuple("Pair", "left right")


class Item(NamedTuple):
    name: str
    price: float = 1.0


class Color(enum.Enum):
    RED = 1
    BLUE = 2

    @property
    def title(self):
        return self.name.title()


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 3


class Row(TypedDict):
    id: int


def row():
    return Row(id=7)


def paint(color):
    return Color.BLUE if color is Color.RED else Color.RED


def swap(pair):
    return Pair(pair.right, pair.left)
# %% tests
import dataclasses

p = Point(1)
assert p == Point(1, 0, [])
assert p.moved(4) == Point(5) and p.moved(4).x == 5
assert p != Point(2)
assert repr(p) == "Point(x=1, y=0, tags=[])"
assert dataclasses.asdict(p) == {"x": 1, "y": 0, "tags": []}
p.y = 9
assert p.y == 9 and p == Point(1, 9)
assert Card(2, "hearts") < Card(3, "clubs") and sorted([Card(3, "a"), Card(1, "b")])[0].rank == 1
assert {Card(1, "a"), Card(1, "a")} == {Card(1, "a")}
try:
    Card(1, "a").rank = 5
    frozen = False
except dataclasses.FrozenInstanceError:
    frozen = True
assert frozen
assert Pair(1, 2) == (1, 2) and Pair(1, 2).right == 2 and Pair(1, 2)._fields == ("left", "right")
assert swap(Pair(1, 2)) == Pair(2, 1)
assert Pair(1, 2)._replace(left=5) == (5, 2)
name, price = Item("pen")
assert (name, price) == ("pen", 1.0)
assert isinstance(Item("pen"), tuple)
assert Color.RED.value == 1 and Color["BLUE"] is Color.BLUE and Color(2) == Color.BLUE
assert [c.name for c in Color] == ["RED", "BLUE"] and len(Color) == 2
assert paint(Color.RED) is Color.BLUE and paint(Color.BLUE) == Color.RED
assert Color.RED.title == "Red"
assert Level.HIGH == 3 and Level.LOW < Level.HIGH and Level.HIGH + 1 == 4
assert {Color.RED: "r"}[Color.RED] == "r"
assert row() == {"id": 7} and type(row()) is dict
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
# Test 9: passed
# Test 10: passed
# Test 11: passed
# Test 12: passed
# Test 13: passed
# Test 14: passed
# Test 15: passed
# Test 16: passed
# Test 17: passed
# Test 18: passed
# Test 19: passed
# Test 20: passed
# Test 21: passed
