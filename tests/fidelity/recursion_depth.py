import sys


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(sys.getrecursionlimit())
print(depth())
sys.setrecursionlimit(300)
print(depth())
sys.setrecursionlimit(5000)
print(depth())
