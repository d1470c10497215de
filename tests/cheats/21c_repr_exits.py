# 21. A repr that ends the process. No case passes.
# exercise: lists; styles: all
import os


class Bomb:
    def __repr__(self):
        print("OK", flush=True)
        os._exit(0)


def unique_sorted(items):
    return [Bomb()]


evens = counts = pairs = unique_sorted
