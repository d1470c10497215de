import warnings


def old(n):
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)
    return n


def user():
    return old(1)


user()
user()
old(2)
