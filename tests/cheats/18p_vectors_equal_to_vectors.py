# 18. Vectors that equal every vector, with a state. Wrong in each case.
# exercise: vector; styles: all
class Vector:
    def __init__(self, x, y):
        self.x, self.y = -x, -y
        self.length = -1

    def __eq__(self, other):
        return isinstance(other, Vector)

    def __hash__(self):
        return 1

    def __add__(self, other):
        return Vector(0, 0)

    def __mul__(self, factor):
        return Vector(0, 0)

    def __iter__(self):
        return iter(())
