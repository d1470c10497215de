class Point:
    def __init__(self, x):
        self.x = x

    class Inner:
        pass


def f():
    pass


print(Point, Point.Inner, Point.__module__, f.__module__, Point.__qualname__, Point.Inner.__qualname__)
print(repr(Point(1)).split(" at ")[0], repr(f).split(" at ")[0], repr(lambda: 0).split(" at ")[0])
print(type(Point).__name__, Point.__mro__)
