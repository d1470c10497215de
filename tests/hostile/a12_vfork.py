# expect: status=ok|error|killed|timeout|memory_limit limits.timeoutMs=1000
# claim: A12 — vfork within vfork for ever: bounded and swept away
import ctypes

libc = ctypes.CDLL(None)
while True:
    libc.vfork()
