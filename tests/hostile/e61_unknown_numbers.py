# expect: status=ok output=blocked
# claim: E61 — a number that the kernel does not know yet answers ENOSYS, and nobody dies of it
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
for number in [*range(520, 640), 700, 999, 1000, 1023, 1024, 2048, 4095, 10000, 65535, 10**6, 2**29]:
    if not ARM and 512 <= number <= 547:
        continue
    attempt(f"number {number}", lambda: syscall(number, number, 0, 0, 0, 0, 0, 0), WANT)
if not ARM:
    for number in (340, 350, 380, 390, 400, 423):
        attempt(f"gap {number}", lambda: syscall(number, None, 0, 0, 0), WANT)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
