# status: tests_failed
# fails: test_it_is_a_dataclass, test_equal
class Point:
    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y

    def distance(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)
