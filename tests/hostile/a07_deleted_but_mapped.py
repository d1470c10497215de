# expect: status=killed level=landlock limits.timeoutMs=4000
# claim: A7 — files that are deleted and closed while they are mapped still count
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
for number in range(200):
    name = f"file{number}"
    file = os.open(name, os.O_RDWR | os.O_CREAT)
    os.write(file, b"x" * 2**20)
    # One page of each is enough to keep it all.
    if libc.mmap(None, 4096, 1, 1, file, 0) in (None, ctypes.c_void_p(-1).value):
        raise SystemExit("it cannot be mapped")
    os.close(file)
    os.unlink(name)
    time.sleep(0.01)
print("HOLE: 200 MiB")
