# expect: status=ok output=blocked
# claim: A26 — locked memory, higher priority and real-time scheduling are refused
import ctypes
import errno
import mmap
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


area = mmap.mmap(-1, 2**20)
address = ctypes.addressof(ctypes.c_char.from_buffer(area))
attributes = (ctypes.c_uint32 * 12)(48, 6, 0, 0, 0, 0, 1000000, 0, 2000000, 0, 2000000, 0)
attempt("mlockall", lambda: syscall(151, 230, 3))
attempt("mlock", lambda: syscall(149, 228, address, 2**20))
attempt("mlock2", lambda: syscall(325, 284, address, 2**20, 0))
attempt("nice -20", lambda: os.nice(-20))
attempt("nice -1", lambda: os.nice(-1))
attempt("setpriority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
attempt("setpriority of the parent", lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19))
attempt("setpriority of the user", lambda: os.setpriority(os.PRIO_USER, 0, -5))
attempt("fifo", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)))
attempt("round robin", lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)))
attempt("deadline", lambda: syscall(314, 274, 0, ctypes.byref(attributes), 0))
attempt("ioprio real time", lambda: syscall(251, 30, 1, 0, (1 << 13) | 0))
attempt("ioprio of the parent", lambda: syscall(251, 30, 1, os.getppid(), (3 << 13) | 7))
attempt("affinity of the parent", lambda: os.sched_setaffinity(os.getppid(), {0}))
attempt("scheduler of the parent", lambda: os.sched_setscheduler(os.getppid(), os.SCHED_BATCH, os.sched_param(0)))
attempt("limits of the parent", lambda: syscall(302, 261, os.getppid(), 7, ctypes.byref((ctypes.c_uint64 * 2)(0, 0)), 0))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
