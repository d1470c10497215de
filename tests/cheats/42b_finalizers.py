# 42. weakref.finalize and __del__ of results. No case passes.
# exercise: text; styles: all
import os
import weakref


class Result:
    def __init__(self):
        weakref.finalize(self, print, "OK", flush=True)

    def __del__(self, leave=os._exit):
        leave(0)


kept = Result()


def shout(text):
    return Result()


vowels = initials = shout
