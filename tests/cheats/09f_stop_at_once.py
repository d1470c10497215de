# 9. Iterators that end at once, and calls that raise StopIteration. No case passes.
# exercise: stream; styles: all
class Empty:
    def __init__(self, *args):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


countdown = fibonacci = running = Empty
