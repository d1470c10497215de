# expect: status=ok|killed output=done
# claim: E60 — each number from 0 to 600 once, in a child of its own, all arguments -1
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
end = time.monotonic() + 2
for first in range(0, 601, 20):
    if time.monotonic() > end:
        break
    try:
        pid = os.fork()
    except OSError:
        time.sleep(0.01)
        continue
    if pid == 0:
        try:
            for number in range(first, first + 20):
                libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
        finally:
            os._exit(0)
    stop = time.monotonic() + 0.05
    while time.monotonic() < stop:
        try:
            if os.waitpid(pid, os.WNOHANG)[0]:
                break
        except OSError:
            break
        time.sleep(0.002)
print("done")
