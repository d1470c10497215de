# expect: status=ok output=blocked
# claim: B28 — no process outside the run answers to signal 0
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


me, parent = os.getpid(), os.getppid()
known = {me, parent} | ({1} if me < 100 else set())
for pid in range(1, 33000):
    if pid in known:
        continue
    try:
        os.kill(pid, 0)
    except OSError:
        continue
    holes.append(f"kill {pid}")
siginfo = ctypes.create_string_buffer(128)
for pid in range(1, 300):
    if pid in known:
        continue
    attempt(f"tgkill {pid}", lambda: syscall(234, 131, pid, pid, 0))
    attempt(f"tkill {pid}", lambda: syscall(200, 130, pid, 0))
    attempt(f"sigqueue {pid}", lambda: syscall(129, 138, pid, 0, siginfo))
# One process of the run's own may be there: it sleeps and holds this program's memory, confined as this program is.
pids = {hole.split()[1] for hole in holes}
print("HOLE: " + ", ".join(holes) if len(pids) > 1 else "blocked")
