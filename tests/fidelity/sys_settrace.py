import sys

events = []


def tracer(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        events.append((event, frame.f_code.co_name, frame.f_lineno))
    return tracer


def f(x):
    y = x + 1
    return y


sys.settrace(tracer)
f(1)
sys.settrace(None)
print(events)
print(sys.gettrace(), sys.getprofile())
