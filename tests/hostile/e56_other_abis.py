# expect: status=ok output=blocked
# claim: E56 — i386 calls by int 0x80 and x32 numbers answer an error or end the process that made them
import ctypes
import errno
import mmap
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


def in_child(name, action):
    """A child that survives and got an answer is a hole; a dead one is as good as an errno."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(1 if action() else 0)
        except BaseException:
            os._exit(0)
    status = os.waitpid(pid, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1:
        holes.append(name)


def int80(number, argument):
    area = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    # push rbx; mov eax, number; mov ebx, argument; int 0x80; pop rbx; ret
    area.write(b"\x53\xb8" + struct.pack("<I", number) + b"\xbb" + struct.pack("<I", argument) + b"\xcd\x80\x5b\xc3")
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(area)))
    return call() >= 0


def x32(number):
    return syscall(0x40000000 | number, None, 0, 0, 0) >= 0


if not ARM:
    for name, number, argument in (("getpid", 20, 0), ("getuid", 24, 0), ("time", 13, 0), ("personality", 136, 0xFFFFFFFF), ("unshare", 310, 0x10000000), ("umask", 60, 0)):
        in_child(f"i386 {name}", lambda: int80(number, argument))
    for name, number in (("getpid", 39), ("getuid", 102), ("gettid", 186), ("umask", 95), ("readv", 515), ("ptrace", 521)):
        in_child(f"x32 {name}", lambda: x32(number))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
