import sys

events = []


def profiler(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        events.append((event, getattr(argument, "__name__", None) if event.startswith("c_") else frame.f_code.co_name))


def f():
    return len([1])


sys.setprofile(profiler)
f()
sys.setprofile(None)
print(events)
