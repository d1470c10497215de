# expect: status=ok output=blocked
# claim: D50 — io_uring does not exist: ENOSYS
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


WANT = (errno.ENOSYS,)
parameters = ctypes.create_string_buffer(256)
for entries in (0, 1, 8, 4096):
    attempt(f"setup {entries}", lambda: syscall(425, 425, entries, parameters), WANT)
attempt("enter", lambda: syscall(426, 426, 0, 1, 1, 1, 0, 0), WANT)
attempt("register", lambda: syscall(427, 427, -1, 15, 0, 0), WANT)
attempt("register blind", lambda: syscall(427, 427, 0, 30, 0, 0), WANT)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
