# expect: status=killed|error|memory_limit
# claim: A21 — unlimited recursion through C code is a signal, told as such, or an exception
import functools
import sys

sys.setrecursionlimit(10**9)


def f(*rest):
    return functools.reduce(f, (1, 2))


f()
