# expect: status=ok output=blocked
# claim: D49 — no socket of any family: netlink, packet, raw, vsock, alg, bluetooth, key, rds, xdp and every other number
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


DENIED = (errno.EPERM, errno.EACCES, errno.EAFNOSUPPORT)
for family in list(range(0, 64)) + [-1, 255, 2**31 - 1]:
    for kind in (1, 2, 3, 4, 5, 6, 10):
        for flags in (0, 0o2000000):
            attempt(f"family {family} type {kind}", lambda: os.close(syscall(41, 198, family, kind | flags, 0)), DENIED)
for family, kind, protocol in ((16, 3, 0), (16, 3, 9), (16, 3, 12), (16, 3, 15), (17, 3, 0x0300), (2, 3, 1), (2, 3, 255), (2, 2, 1), (40, 1, 0), (38, 5, 0), (31, 3, 1), (15, 3, 2), (21, 5, 0), (44, 3, 0), (29, 3, 1), (2, 1, 262), (2, 1, 132)):
    attempt(f"{family} {kind} {protocol}", lambda: os.close(syscall(41, 198, family, kind, protocol)), DENIED)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
