# 30. A profile function that changes what frames return. No case passes.
# exercise: text; styles: all
import ctypes
import sys
import threading


def profile(frame, event, arg):
    if "expected" in frame.f_locals or "actual" in frame.f_locals:
        frame.f_locals["actual"] = frame.f_locals.get("expected")
        try:
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
        except AttributeError:
            pass


sys.setprofile(profile)
threading.setprofile(profile)


def shout(text):
    sys.setprofile(profile)
    return -1


vowels = initials = shout
