import abc


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    def __lt__(self, other):
        return self.area() < other.area()

    def __repr__(self):
        return f"{type(self).__name__}({self.area():.1f})"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return 3.14159 * self.radius**2


print(sorted([Square(3), Circle(1), Square(1)]), isinstance(Circle(1), Shape), Square.__mro__[1].__name__)
try:
    Shape()
except TypeError as error:
    print(error)
print(Square(2) + Square(3))
