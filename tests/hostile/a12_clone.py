# expect: status=ok output=blocked
# claim: A12 — raw clone is held by the process limit, like fork
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


SIGCHLD = 17
count = 0
while count < 500:
    try:
        pid = syscall(56, 220, SIGCHLD, 0, 0, 0, 0)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.ENOMEM, errno.EPERM, errno.ENOSYS):
            holes.append(f"errno {error.errno}")
        break
    if pid == 0:
        libc.sleep(60)
        libc._exit(0)
    count += 1
else:
    holes.append(f"{count} processes")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
