# expect: status=ok output=blocked
# claim: C45 — memory that is read only cannot be changed through /proc/self/mem or by mprotect tricks on files
import errno
import mmap
import os
import sys

holes = []


def attempt(name, action, want=None):
    """What succeeds is a hole; so is an errno other than those wanted."""
    try:
        action()
    except OSError as error:
        if want and error.errno not in want:
            holes.append(f"{name} (wrong errno {errno.errorcode.get(error.errno, error.errno)})")
    else:
        holes.append(name)


for way in ("/proc/self/mem", "/proc/thread-self/mem", f"/proc/{os.getpid()}/mem"):
    attempt(way, lambda: os.open(way, os.O_RDWR))


def shared_map(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        mmap.mmap(fd, 4096, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    finally:
        os.close(fd)


for path in (os.__file__, sys.executable):
    attempt(f"shared writable map of {path}", lambda: shared_map(path))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
