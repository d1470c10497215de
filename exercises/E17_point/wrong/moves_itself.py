# status: tests_failed
# fails: test_moved_leaves_the_point
from dataclasses import dataclass


@dataclass
class Point:
    x: float = 0
    y: float = 0

    def distance(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def moved(self, dx, dy):
        self.x += dx
        self.y += dy
        return self
