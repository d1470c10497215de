# expect: status=ok output=blocked
# claim: C46 — open_by_handle_at opens nothing
import ctypes
import errno
import os
import struct

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


for folder in ("/", ".", "/tmp", "/usr", "/usr/lib", "/etc", "/dev/shm"):
    try:
        mount = os.open(folder, os.O_RDONLY)
    except OSError:
        continue
    for kind, inode in ((1, 2), (1, 128), (1, 64), (1, 256), (1, 1), (0x81, 2)):
        handle = struct.pack("=IiII", 8, kind, inode, 0) + bytes(16)
        attempt(f"inode {inode} of {folder}", lambda: syscall(304, 265, mount, handle, 0))
    handle = ctypes.create_string_buffer(struct.pack("=Ii", 120, 0) + bytes(120))
    number = ctypes.c_int()
    try:
        syscall(303, 264, -100, folder.encode(), handle, ctypes.byref(number), 0)
    except OSError:
        continue
    attempt(f"own handle of {folder}", lambda: syscall(304, 265, mount, handle, 0))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
