# expect: status=memory_limit
# claim: A4 — eight children with 100 MiB each: the memory is summed over the tree
import os
import time

children = []
for _ in range(8):
    pid = os.fork()
    if pid == 0:
        try:
            block = bytearray(b"x" * (100 * 2**20))
            time.sleep(60)
        finally:
            os._exit(0)
    children.append(pid)
time.sleep(60)
