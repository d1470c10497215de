# expect: status=ok output=done
# claim: B32 — dumpable, parent-death signal, child subreaper and name may be set, to no effect elsewhere
import ctypes
import os
import time

libc = ctypes.CDLL(None)
libc.prctl(4, 1, 0, 0, 0)
libc.prctl(4, 0, 0, 0, 0)
libc.prctl(1, 0, 0, 0, 0)
libc.prctl(1, 9, 0, 0, 0)
libc.prctl(36, 1, 0, 0, 0)
for name in (b"python-executor", b"a\nb c) R 1 1 1", b"\xff\xfe\x1b[2J", b"(keeper)"):
    libc.prctl(15, name, 0, 0, 0)
libc.prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
for _ in range(3):
    if os.fork() == 0:
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
print("done")
