import sys
import warnings


class MyWarning(UserWarning):
    pass


def show(message, category, filename, lineno, file=None, line=None):
    print("shown:", category.__name__, message, lineno)


warnings.showwarning = show
warnings.warn("mine", MyWarning)
warnings.warn_explicit("explicit", MyWarning, "other.py", 7)
