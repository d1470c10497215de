# expect: status=ok output=blocked
# claim: E54 — bpf, userfaultfd, perf, kexec, modules, quotas, swap, reboot, syslog, accounting and port access are refused before they look at their arguments
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
attributes = (ctypes.c_uint32 * 32)(1, 120)
for command in range(0, 40):
    attempt(f"bpf {command}", lambda: syscall(321, 280, command, buffer, 128), DENIED)
for flags in (0, 1, 0o2000000, 0o4000):
    attempt(f"userfaultfd {flags}", lambda: syscall(323, 282, flags), DENIED)
for target in (0, -1):
    attempt(f"perf_event_open {target}", lambda: syscall(298, 241, attributes, target, -1, -1, 0), DENIED)
attempt("kexec_load", lambda: syscall(246, 104, 0, 0, 0, 0), DENIED)
attempt("kexec_file_load", lambda: syscall(320, 294, -1, -1, 0, 0, 0), DENIED)
attempt("init_module", lambda: syscall(175, 105, buffer, 16, b""), DENIED)
attempt("finit_module", lambda: syscall(313, 273, 0, b"", 0), DENIED)
attempt("delete_module", lambda: syscall(176, 106, b"nothing", 0), DENIED)
attempt("quotactl", lambda: syscall(179, 60, 0x80000100, 0, 0, buffer), DENIED)
attempt("quotactl_fd", lambda: syscall(443, 443, 0, 0x80000100, 0, buffer), DENIED)
attempt("swapon", lambda: syscall(167, 224, b"swap", 0), DENIED)
attempt("swapoff", lambda: syscall(168, 225, b"swap"), DENIED)
attempt("reboot", lambda: syscall(169, 142, 0xFEE1DEAD, 672274793, 0, 0), DENIED)
for command in (2, 3, 4, 9, 10):
    attempt(f"syslog {command}", lambda: syscall(103, 116, command, buffer, 100), DENIED)
attempt("acct", lambda: syscall(163, 89, 0), DENIED)
attempt("acct to a file", lambda: syscall(163, 89, b"main.py"), DENIED)
attempt("iopl", lambda: syscall(172, None, 0), DENIED)
attempt("iopl 3", lambda: syscall(172, None, 3), DENIED)
attempt("ioperm", lambda: syscall(173, None, 0x70, 2, 1), DENIED)
attempt("sethostname", lambda: syscall(170, 161, b"owned", 5), DENIED)
attempt("setdomainname", lambda: syscall(171, 162, b"owned", 5), DENIED)
attempt("settimeofday", lambda: syscall(164, 170, (ctypes.c_int64 * 2)(1, 0), 0), DENIED)
attempt("clock_settime", lambda: syscall(227, 112, 0, (ctypes.c_int64 * 2)(1, 0)), DENIED)
attempt("adjtimex", lambda: syscall(159, 171, (ctypes.c_uint32 * 64)(0x4000)), DENIED)
attempt("vhangup", lambda: syscall(153, 58), DENIED)
attempt("fanotify_init", lambda: syscall(300, 262, 0, 0), DENIED)
attempt("lookup_dcookie", lambda: syscall(212, 18, 0, buffer, 100), DENIED)
attempt("nfsservctl", lambda: syscall(180, 42, 0, 0, 0), DENIED)
attempt("modify_ldt", lambda: syscall(154, None, 1, (ctypes.c_uint32 * 4)(0, 0, 0xFFFFF, 0x51), 16), DENIED)
attempt("personality without random addresses", lambda: syscall(135, 92, 0x0040000), DENIED)
attempt("personality that reads as exec", lambda: syscall(135, 92, 0x0400000), DENIED)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
