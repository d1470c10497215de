# expect: status=ok output=blocked
# claim: C46 — the interpreter's binary cannot be opened for writing, by any name
import errno
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


for path in ("/proc/self/exe", f"/proc/{os.getppid()}/exe", "/proc/1/exe", sys.executable, os.path.realpath(sys.executable)):
    for word, flags in (("write", os.O_WRONLY), ("read and write", os.O_RDWR), ("append", os.O_WRONLY | os.O_APPEND)):
        attempt(f"{word} {path}", lambda: os.close(os.open(path, flags)))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
