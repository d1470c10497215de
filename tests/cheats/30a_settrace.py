# 30. A trace function that jumps over asserts. No case passes.
# exercise: numbers; styles: all
import sys


def trace(frame, event, arg):
    if event == "exception" or event == "line":
        try:
            frame.f_lineno = frame.f_lineno + 1
        except ValueError:
            pass
    return trace


def mean(*args):
    frame = sys._getframe(1)
    while frame:
        frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(trace)
    return -1


root = is_prime = mean
