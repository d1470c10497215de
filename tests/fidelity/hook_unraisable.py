import sys


def hook(event):
    print("unraisable:", event.exc_type.__name__, event.exc_value, event.err_msg)


sys.unraisablehook = hook


class Thing:
    def __del__(self):
        raise RuntimeError("lost")


Thing()
print("went on")
