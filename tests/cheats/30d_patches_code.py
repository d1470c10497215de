# 30. Changes the code and constants of the tests' functions through frames. No case passes.
# exercise: numbers; styles: all
import gc
import sys
import types

EMPTY = (lambda *args, **kwargs: None).__code__


def mean(*args):
    names = set()
    frame = sys._getframe(1)
    while frame:
        names.add(frame.f_code.co_name)
        frame.f_globals["check"] = frame.f_globals["compare"] = lambda *args, **kwargs: None
        frame = frame.f_back
    for found in gc.get_objects():
        if type(found) is types.FunctionType and found.__name__.startswith(("test_", "assert", "check")):
            try:
                found.__code__ = EMPTY
            except (TypeError, ValueError):
                pass
    return -1


root = is_prime = mean
