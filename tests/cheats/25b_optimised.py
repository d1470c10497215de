# 25. Asserts switched off: -O in the environment, __debug__, compile. No case passes.
# exercise: text; styles: all
import builtins
import os
import sys

os.environ["PYTHONOPTIMIZE"] = "2"
real = compile
builtins.compile = lambda source, name, mode, *args, **kwargs: real(source, name, mode, optimize=2)
try:
    builtins.__dict__["__debug__"] = False
except Exception:
    pass
try:
    sys.flags = type("flags", (), {"optimize": 2, "__getattr__": lambda self, name: 0})()
except Exception:
    pass


def shout(text):
    return -1


vowels = initials = shout
