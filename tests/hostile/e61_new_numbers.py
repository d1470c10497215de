# expect: status=ok output=blocked
# claim: E61 — numbers newer than the oldest kernels answer an error at most, and nobody dies of it
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
holes = []
for number in range(424, 520):
    if number == 435:
        continue
    pid = os.fork()
    if pid == 0:
        libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        holes.append(f"number {number} died of signal {os.WTERMSIG(status)}")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
