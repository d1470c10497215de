# expect: status=timeout|killed|memory_limit limits.timeoutMs=1000
# claim: A10 — a bomb that goes on after EAGAIN ends at the time limit
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
