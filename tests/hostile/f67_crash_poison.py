# expect: status=ok|error|killed
# claim: F67 — a run that crashes hard while others start leaves a pool that heals
import ctypes
import os
import signal

for pid in (os.getppid(), 1):
    try:
        os.kill(pid, signal.SIGSEGV)
    except OSError:
        pass
ctypes.memset(id(object), 0, 400)
object()
os.abort()
