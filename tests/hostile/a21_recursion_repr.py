# expect: status=killed|error|memory_limit
# claim: A21 — the repr of a list a million deep is a signal or a RecursionError
import sys

sys.setrecursionlimit(10**9)
deep = []
for _ in range(10**6):
    deep = [deep]
repr(deep)
