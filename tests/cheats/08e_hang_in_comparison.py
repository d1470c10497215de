# 8. The result hangs when it is compared. No case passes.
# exercise: vector; styles: all; timeoutMs: 1500
class Vector:
    def __init__(self, x, y):
        self.x = self.y = self.length = -1

    def hang(self, *other):
        while True:
            pass

    __eq__ = __ne__ = __add__ = __mul__ = __iter__ = __repr__ = __hash__ = hang
