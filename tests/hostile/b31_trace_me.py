# expect: status=ok|error|killed|timeout limits.timeoutMs=1000
# claim: B31 — asking the parent to trace us, then stopping, ends at the limit and harms nobody
import ctypes
import os
import signal

libc = ctypes.CDLL(None)
libc.ptrace(0, 0, 0, 0)
print("traced", flush=True)
os.kill(os.getpid(), signal.SIGTRAP)
