# expect: status=killed|error signal=6
# claim: A23 — abort() leaves no core file anywhere, whatever the program does to the limit
import ctypes
import os
import resource

for limit in ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (2**40, 2**40), (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, limit)
    except (OSError, ValueError):
        pass
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
print("limit", resource.getrlimit(resource.RLIMIT_CORE)[1], flush=True)
os.abort()
