# Hierarchies, abstract classes, isinstance and issubclass, classes of the tests that inherit.
# %% program
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    def describe(self):
        return f"{type(self).__name__} of {self.area()}"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


class Text(str):
    def shout(self):
        return self.upper() + "!"


class Stack(list):
    def push(self, x):
        self.append(x)


class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next


def chain(*values):
    node = None
    for value in reversed(values):
        node = Node(value, node)
    return node


def total(shapes):
    return sum(shape.area() for shape in shapes)
# %% tests
assert issubclass(Square, Shape) and isinstance(Square(2), Shape) and Square.__mro__[1] is Shape
try:
    Shape()
    made = True
except TypeError:
    made = False
assert not made
assert Square(3).describe() == "Square of 9"


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3 * self.r**2


assert Circle(2).describe() == "Circle of 12"
assert total([Square(1), Circle(1)]) == 4


class Half(Square):
    def area(self):
        return super().area() / 2


assert Half(4).area() == 8 and Half(4).describe() == "Half of 8.0"
assert isinstance(Half(1), Square) and isinstance(Half(1), Shape)
assert Text("hi").shout() == "HI!" and Text("hi") == "hi" and isinstance(Text("hi"), str)
s = Stack()
s.push(1)
s.push(2)
assert s == [1, 2] and len(s) == 2 and s.pop() == 2 and list(s) == [1]
node = chain(1, 2, 3)
assert node.value == 1 and node.next.next.value == 3 and node.next.next.next is None
node.next.value = 9
assert node.next.value == 9
assert not isinstance(node, Shape) and not issubclass(Node, Shape)
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
