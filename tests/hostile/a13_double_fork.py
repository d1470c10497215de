# expect: status=ok output=done
# claim: A13 — a detached daemon is dead before the answer
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    for fd in (0, 1, 2):
        os.close(fd)
    while True:
        time.sleep(3600)
print("done")
