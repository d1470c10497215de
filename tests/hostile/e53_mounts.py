# expect: status=ok output=blocked
# claim: E53 — setns, mount, umount2, pivot_root and the whole new mount API are refused before they look at their arguments
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
AT_FDCWD = -100
os.makedirs("point", exist_ok=True)
here = os.open(".", os.O_RDONLY)
attributes = (ctypes.c_uint64 * 4)(0, 1, 0, 0)
for name, arguments in {
    "tmpfs": (b"none", b"point", b"tmpfs", 0, 0),
    "proc": (b"none", b"point", b"proc", 0, 0),
    "sysfs": (b"none", b"point", b"sysfs", 0, 0),
    "cgroup2": (b"none", b"point", b"cgroup2", 0, 0),
    "cgroup": (b"none", b"point", b"cgroup", 0, b"release_agent=/tmp/x"),
    "overlay": (b"none", b"point", b"overlay", 0, b"lowerdir=/,upperdir=.,workdir=point"),
    "bind": (b"/", b"point", 0, 4096, 0),
    "bind rec": (b"/", b"point", 0, 4096 | 16384, 0),
    "remount rw": (0, b"/", 0, 32 | 4096, 0),
    "remount work": (0, b".", 0, 32 | 4096, 0),
    "private": (0, b"/", 0, 1 << 18 | 16384, 0),
    "move": (b"/tmp", b"point", 0, 8192, 0),
    "mqueue": (b"none", b"point", b"mqueue", 0, 0),
    "devpts": (b"none", b"point", b"devpts", 0, 0),
}.items():
    attempt(f"mount {name}", lambda: syscall(165, 40, *arguments), DENIED)
for path in (b"/", b"/tmp", b".", b"/dev", b"/usr", b"/proc", b"/nothing"):
    for flags in (0, 1, 2, 8):
        attempt(f"umount2 {path} {flags}", lambda: syscall(166, 39, path, flags), DENIED)
attempt("pivot_root", lambda: syscall(155, 41, b".", b"."), DENIED)
attempt("pivot_root point", lambda: syscall(155, 41, b"point", b"point"), DENIED)
for fd in (-1, 0, here):
    for kind in (0, 0x10000000, 0x20000, 0x40000000):
        attempt(f"setns {fd} {kind:x}", lambda: syscall(308, 268, fd, kind), DENIED)
try:
    pidfd = syscall(434, 434, os.getppid(), 0)
except OSError:
    pidfd = -1
attempt("setns of the parent", lambda: syscall(308, 268, pidfd, 0x7E020000), DENIED)
attempt("open_tree", lambda: syscall(428, 428, AT_FDCWD, b"/", 0), DENIED)
attempt("open_tree clone", lambda: syscall(428, 428, AT_FDCWD, b"/", 1), DENIED)
attempt("open_tree clone rec", lambda: syscall(428, 428, AT_FDCWD, b"/", 0x8001), DENIED)
attempt("move_mount", lambda: syscall(429, 429, here, b"", AT_FDCWD, b"point", 4), DENIED)
for kind in (b"tmpfs", b"proc", b"ext4", b"overlay", b"nothing"):
    attempt(f"fsopen {kind}", lambda: syscall(430, 430, kind, 0), DENIED)
attempt("fsconfig", lambda: syscall(431, 431, here, 6, 0, 0, 0), DENIED)
attempt("fsmount", lambda: syscall(432, 432, here, 0, 0), DENIED)
attempt("fspick", lambda: syscall(433, 433, AT_FDCWD, b"/", 0), DENIED)
attempt("mount_setattr", lambda: syscall(442, 442, AT_FDCWD, b"/", 0, attributes, 32), DENIED)
attempt("mount_setattr rec", lambda: syscall(442, 442, here, b"", 0x1000 | 0x8000, attributes, 32), DENIED)
attempt("open_tree_attr", lambda: syscall(467, 467, AT_FDCWD, b"/", 1, attributes, 32), DENIED)
request = (ctypes.c_uint64 * 4)(24, 2**64 - 1, 0, 0)
attempt("listmount", lambda: syscall(458, 458, request, (ctypes.c_uint64 * 64)(), 64, 0), DENIED)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
