# expect: status=ok output=held
# claim: F63 — shared memory, semaphores, message queues and keyrings of one run are not seen by another at the same time
import ctypes
import errno
import os
import time
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
ARM = os.uname().machine == "aarch64"
holes = []


def syscall(x86, arm, *args):
    """One raw system call, by its number on x86-64 and on aarch64 (None: does not exist there)."""
    number = arm if ARM else x86
    if number is None:
        raise OSError(errno.ENOSYS, "not on this machine")
    ctypes.set_errno(0)
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    result = libc.syscall(ctypes.c_long(number), *words)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


kept = []
for action in (
    lambda: shared_memory.SharedMemory("f63", create=True, size=4096),
    lambda: syscall(29, 194, 0x63, 4096, 0o1666),
    lambda: syscall(64, 190, 0x63, 1, 0o1666),
    lambda: syscall(68, 186, 0x63, 0o1666),
    lambda: syscall(240, 180, b"f63", 0o102, 0o666, 0),
    lambda: syscall(248, 217, b"user", b"f63", b"marker", 6, -4),
    lambda: open("/dev/shm/f63-file", "w"),
    lambda: open("/tmp/f63-file", "w"),
    lambda: libc.sem_open(b"/f63", 0o100, 0o666, 1),
):
    try:
        kept.append(action())
    except OSError:
        pass
time.sleep(2)
print("held", flush=True)
os._exit(0)
