# expect: status=ok output=blocked
# claim: E55 — keyctl, add_key and request_key are refused
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


DENIED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
buffer = ctypes.create_string_buffer(256)
for command in range(0, 32):
    for ring in (-1, -2, -3, -4, -5):
        attempt(f"keyctl {command} {ring}", lambda: syscall(250, 219, command, ring, 0, 0, 0), DENIED)
for kind in (b"user", b"logon", b"keyring", b"big_key", b"asymmetric"):
    for ring in (-1, -2, -3, -4, -5):
        attempt(f"add_key {kind} {ring}", lambda: syscall(248, 217, kind, b"marker", b"value", 5, ring), DENIED)
        attempt(f"request_key {kind} {ring}", lambda: syscall(249, 218, kind, b"marker", 0, ring), DENIED)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
