# expect: status=ok output=blocked
# claim: A19 — every kind of descriptor ends with EMFILE or is refused
import ctypes
import errno
import os
import resource
import socket

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


CEILING = 20000


def pipe():
    return list(os.pipe())


def pair():
    left, right = socket.socketpair()
    return [left.detach(), right.detach()]


kinds = {
    "pipe": pipe,
    "socketpair": pair,
    "dup": lambda: [os.dup(1)],
    "file": lambda: [os.open("main.py", os.O_RDONLY)],
    "folder": lambda: [os.open(".", os.O_RDONLY)],
    "epoll": lambda: [syscall(291, 20, 0)],
    "eventfd": lambda: [syscall(290, 19, 0, 0)],
    "inotify": lambda: [syscall(294, 26, 0)],
    "timerfd": lambda: [syscall(283, 85, 1, 0)],
    "signalfd": lambda: [syscall(289, 74, -1, ctypes.byref(ctypes.c_uint64(0)), 8, 0)],
    "pidfd": lambda: [syscall(434, 434, os.getpid(), 0)],
    "memfd": lambda: [syscall(319, 279, b"x", 0)],
    "fanotify": lambda: [syscall(300, 262, 0x200, 0)],
}
WANT = (errno.EMFILE, errno.ENFILE, errno.EPERM, errno.ENOSYS, errno.EACCES, errno.ENOMEM, errno.EINVAL)
for kind, make in kinds.items():
    opened = []
    try:
        while len(opened) < CEILING:
            opened += make()
        holes.append(f"{kind}: {len(opened)} descriptors")
    except OSError as error:
        if error.errno not in WANT:
            holes.append(f"{kind}: errno {errno.errorcode.get(error.errno, error.errno)}")
    for fd in opened:
        os.close(fd)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if hard > CEILING or hard < 0:
    holes.append(f"hard limit {hard}")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
