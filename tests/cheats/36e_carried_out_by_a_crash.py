# 36. Hidden tests: a crash or an exit whose message has the arguments. The answer has nothing of them.
# exercise: secret; styles: all; hide
import sys
import warnings


def fruit(text):
    warnings.warn(text)
    sys.exit(text)


def size(text):
    import ctypes
    import faulthandler

    sys.stderr.write(text)
    faulthandler.enable()
    ctypes.string_at(0)
