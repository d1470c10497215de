import sys


def hook(kind, value, trace):
    print("before", file=sys.stderr)
    sys.__excepthook__(kind, value, trace)
    print("after", file=sys.stderr)


sys.excepthook = hook
raise LookupError("both")
