# 3. An iterator whose __next__ leaves. No case passes.
# exercise: stream; styles: all
import sys


class Stream:
    def __init__(self, *args):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        sys.exit(0)


countdown = fibonacci = running = Stream
