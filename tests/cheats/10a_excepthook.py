# 10. Hooks that end with 0 after an error at import. No case passes.
# exercise: numbers; styles: all
import os
import sys
import threading


def leave(*args):
    print("OK", flush=True)
    os._exit(0)


sys.excepthook = threading.excepthook = sys.unraisablehook = leave
1 / 0
