import sys

for value in (0, -1, "x", 10**20):
    try:
        sys.setrecursionlimit(value)
    except Exception as error:
        print(type(error).__name__, error)


def deep():
    sys.setrecursionlimit(1)


try:
    deep()
except RecursionError as error:
    print(error)
