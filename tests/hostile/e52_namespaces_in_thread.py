# expect: status=ok output=blocked
# claim: E52 — a thread or a child of the program may no more make namespaces than the program itself
import ctypes
import errno
import os
import threading

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


def both(where):
    for name, flags in (("user", 0x10000000), ("mount", 0x20000), ("net", 0x40000000)):
        attempt(f"{where} {name}", lambda: syscall(272, 97, flags))


thread = threading.Thread(target=both, args=("thread",))
thread.start()
thread.join()
reader, writer = os.pipe()
if os.fork() == 0:
    both("child")
    os.write(writer, ",".join(holes).encode())
    os._exit(0)
os.close(writer)
os.wait()
found = os.read(reader, 10000).decode()
if found:
    holes.append(found)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
