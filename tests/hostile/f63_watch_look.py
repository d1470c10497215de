# expect: status=ok output=blocked
# claim: F63 — what one run does in its folders raises no event in another
import ctypes
import errno
import os
import time

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


try:
    watcher = syscall(294, 26, 0o4000)
    for folder in (b"/tmp", b"/dev/shm", b"/home", b"..", b"../.."):
        try:
            syscall(254, 27, watcher, folder, 0x300 | 0x8 | 0x2)
        except OSError:
            pass
    time.sleep(0.5)
    try:
        events = os.read(watcher, 4096)
        if b"watched" in events:
            holes.append("events of another run")
    except OSError:
        pass
except OSError:
    pass
print("HOLE: " + ", ".join(holes) if holes else "blocked")
