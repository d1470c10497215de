import sys


def hook(*rest):
    sys.exit(17)


sys.excepthook = hook
raise ValueError("turned into an exit")
