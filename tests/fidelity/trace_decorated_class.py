import dataclasses


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0

    def __post_init__(self):
        if self.x < 0:
            raise ValueError(f"negative: {self}")


print(Point(1), Point(1) == Point(1, 0))
try:
    Point()
except TypeError as error:
    print(error)
Point(-1)
