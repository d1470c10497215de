# expect: status=ok output=blocked
# expect[landlock]: status=ok output=blocked|blocked-with-bounding-set
# claim: E57 — no identity or capability can be gained; effective capabilities 0, no_new_privs 1, seccomp 2
import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
ARM = os.uname().machine == "aarch64"
holes = []
# Nobody but root can take anything from it: a service of an ordinary user leaves it as every login has it. Nothing can
# be had from it where no_new_privs is set.
bounding = []


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


for name, action in {
    "setuid 0": lambda: os.setuid(0),
    "setgid 0": lambda: os.setgid(0),
    "seteuid 0": lambda: os.seteuid(0),
    "setresuid 0": lambda: os.setresuid(0, 0, 0),
    "setresgid 0": lambda: os.setresgid(0, 0, 0),
    "setreuid 0": lambda: os.setreuid(0, 0),
    "setgroups": lambda: os.setgroups([0]),
    "setgroups none": lambda: os.setgroups([]),
    "setuid of another": lambda: os.setuid(os.getuid() + 1),
    "initgroups": lambda: os.initgroups("root", 0),
}.items():
    attempt(name, action)
# setfsuid answers with the old identity; asking twice shows whether it changed
for x86, arm, name in ((122, 151, "setfsuid"), (123, 152, "setfsgid")):
    try:
        syscall(x86, arm, 0)
        if syscall(x86, arm, 0) == 0:
            holes.append(name)
    except OSError:
        pass
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)()
try:
    syscall(125, 90, header, data)
    if any((data[0], data[3], data[1], data[4], data[2], data[5])):
        holes.append("capabilities " + " ".join(f"{word:x}" for word in data))
except OSError:
    pass
for words in ((0xFFFFFFFF,) * 6, (1 << 21, 1 << 21, 1 << 21, 0, 0, 0), (1 << 12, 1 << 12, 0, 0, 0, 0)):
    attempt("capset", lambda: syscall(126, 91, header, (ctypes.c_uint32 * 6)(*words)))
for capability in (0, 1, 2, 7, 12, 16, 18, 19, 21, 27, 38, 39, 40):
    attempt(f"ambient {capability}", lambda: syscall(157, 167, 47, 2, capability, 0, 0))
    try:
        if syscall(157, 167, 23, capability, 0, 0, 0) == 1:
            bounding.append(f"bounding set holds {capability}")
    except OSError:
        pass
for bits in (1, 3, 0x3F):
    attempt(f"securebits {bits}", lambda: syscall(157, 167, 28, bits, 0, 0, 0))
attempt("no_new_privs off", lambda: syscall(157, 167, 38, 0, 0, 0, 0))
attempt("seccomp off", lambda: syscall(157, 167, 22, 0, 0, 0, 0))
for name, option, wanted in (("no_new_privs", 39, 1), ("seccomp", 21, 2)):
    try:
        if syscall(157, 167, option, 0, 0, 0, 0) != wanted:
            holes.append(f"{name} is not {wanted}")
    except OSError as error:
        if name == "no_new_privs":
            holes.append(f"{name} cannot be asked: {error}")
if 0 in os.getresuid() + os.getresgid():
    holes.append("runs as root")
whole = len(bounding) == 13 and os.getpid() > 64  # a low pid: a namespace of one's own, where it must be empty
if not whole:
    holes += bounding
print("HOLE: " + ", ".join(holes) if holes else "blocked-with-bounding-set" if whole else "blocked")
