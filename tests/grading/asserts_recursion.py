# Recursion to a depth of 900, and a limit of the program's own.
# %% program
import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def endless():
    return endless()


def deep(n):
    sys.setrecursionlimit(5000)
    return depth(n)
# %% tests
assert depth(900) == 900
assert factorial(300) % 1000 == 0
try:
    endless()
    raised = False
except RecursionError:
    raised = True
assert raised
assert deep(3000) == 3000
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
