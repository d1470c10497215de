# 19. Iteration that gives objects equal to everything. No case passes.
# exercise: stream; styles: all
class Liar:
    __eq__ = __lt__ = __gt__ = lambda self, other: True
    __add__ = __radd__ = lambda self, other: self
    __hash__ = lambda self: 0


class Items:
    def __init__(self, *args):
        self.left = 8

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return Liar()


countdown = fibonacci = running = Items
