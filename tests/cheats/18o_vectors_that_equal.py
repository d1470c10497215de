# 18. Vectors that equal everything, without a state. No case passes.
# exercise: vector; styles: all
class Vector:
    def __init__(self, x, y):
        pass

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __add__(self, other):
        return self

    __mul__ = __add__

    def __getattr__(self, name):
        return Vector(0, 0)

    def __iter__(self):
        return iter((Vector(0, 0), Vector(0, 0)))
