# expect: status=ok output=blocked
# claim: F63 — shared memory, semaphores, message queues and keyrings of one run are not seen by another at the same time
import ctypes
import errno
import os
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


def attempt(name, action, want=None):
    """What succeeds is a hole; so is an errno other than those wanted."""
    try:
        action()
    except OSError as error:
        if want and error.errno not in want:
            holes.append(f"{name} (wrong errno {errno.errorcode.get(error.errno, error.errno)})")
    else:
        holes.append(name)


libc.sem_open.restype = ctypes.c_void_p


def semaphore():
    if not libc.sem_open(b"/f63", 0):
        raise OSError(errno.ENOENT, "none")


attempt("shared_memory", lambda: shared_memory.SharedMemory("f63"))
attempt("shmget", lambda: syscall(29, 194, 0x63, 1, 0))
attempt("semget", lambda: syscall(64, 190, 0x63, 1, 0))
attempt("msgget", lambda: syscall(68, 186, 0x63, 0))
attempt("mq_open", lambda: syscall(240, 180, b"f63", 0, 0, 0))
attempt("request_key", lambda: syscall(249, 218, b"user", b"f63", 0, -4))
attempt("/dev/shm", lambda: os.stat("/dev/shm/f63-file"))
attempt("/tmp", lambda: os.stat("/tmp/f63-file"))
attempt("sem_open", semaphore)
for folder in ("/dev/shm", "/tmp", "/dev/mqueue"):
    try:
        if any("f63" in name for name in os.listdir(folder)):
            holes.append(f"list {folder}")
    except OSError:
        pass
print("HOLE: " + ", ".join(holes) if holes else "blocked")
