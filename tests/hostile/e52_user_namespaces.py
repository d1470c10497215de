# expect: status=ok output=blocked
# claim: E52 — no new namespace of any kind by unshare, clone or clone3
import ctypes
import errno
import os

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


FLAGS = {
    "time": 0x80, "mount": 0x20000, "cgroup": 0x02000000, "uts": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
    "pid": 0x20000000, "net": 0x40000000, "user and mount": 0x10020000, "user and net": 0x50000000, "all": 0x7E020000,
}
SIGCHLD = 17
DENIED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def child(pid):
    if pid == 0:
        libc._exit(0)
    os.waitpid(pid, 0)


for name, flags in FLAGS.items():
    attempt(f"unshare {name}", lambda: syscall(272, 97, flags), DENIED)
    if name != "time":
        attempt(f"clone {name}", lambda: child(syscall(56, 220, flags | SIGCHLD, 0, 0, 0, 0)), DENIED)
    order = (ctypes.c_uint64 * 11)(flags, 0, 0, 0, SIGCHLD)
    attempt(f"clone3 {name}", lambda: child(syscall(435, 435, ctypes.byref(order), 88)), DENIED)
    short = (ctypes.c_uint64 * 8)(flags, 0, 0, 0, SIGCHLD)
    attempt(f"clone3 short {name}", lambda: child(syscall(435, 435, ctypes.byref(short), 64)), DENIED)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
