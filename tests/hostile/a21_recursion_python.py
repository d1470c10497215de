# expect: status=killed|error|memory_limit|timeout
# claim: A21 — unlimited recursion in Python code is a signal, an exception or the memory limit, never a 500
import sys

sys.setrecursionlimit(10**9)


def f(n):
    return f(n + 1) + 1


f(0)
