# expect: status=ok output=blocked
# claim: B31 — ptrace, process_vm_readv and writev, pidfd_getfd and kcmp reach nothing outside the run
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


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


buffer = ctypes.create_string_buffer(16)
local = Vector(ctypes.addressof(buffer), 16)
remote = Vector(ctypes.addressof(buffer), 16)
PTRACE_ATTACH, PTRACE_SEIZE = 16, 0x4206
me, parent = os.getpid(), os.getppid()
for pid in sorted({parent, 1} | set(range(2, 60)) | set(range(max(1, parent - 20), parent)) - {me}):
    if pid == me:
        continue
    attempt(f"ptrace attach {pid}", lambda: syscall(101, 117, PTRACE_ATTACH, pid, 0, 0))
    attempt(f"ptrace seize {pid}", lambda: syscall(101, 117, PTRACE_SEIZE, pid, 0, 0))
    attempt(f"process_vm_readv {pid}", lambda: syscall(310, 270, pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0))
    attempt(f"process_vm_writev {pid}", lambda: syscall(311, 271, pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0))
    attempt(f"kcmp {pid}", lambda: syscall(312, 272, me, pid, 0, 0, 0))
    attempt(f"move_pages {pid}", lambda: syscall(279, 239, pid, 0, 0, 0, 0, 0))
    attempt(f"migrate_pages {pid}", lambda: syscall(256, 238, pid, 64, ctypes.byref(ctypes.c_uint64(1)), ctypes.byref(ctypes.c_uint64(1))))
    try:
        pidfd = syscall(434, 434, pid, 0)
    except OSError:
        continue
    for fd in range(8):
        attempt(f"pidfd_getfd {pid}:{fd}", lambda: syscall(438, 438, pidfd, fd, 0))
    attempt(f"process_madvise {pid}", lambda: syscall(440, 440, pidfd, ctypes.byref(remote), 1, 4, 0))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
