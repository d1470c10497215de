# expect: status=ok output=blocked
# claim: C36 — the descriptors lead nowhere: no folder to climb from, no truncation, nothing to read back
import errno
import os

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


for fd in range(64):
    try:
        os.fstat(fd)
    except OSError:
        continue
    attempt(f"list {fd}", lambda: os.listdir(fd))
    attempt(f"fchdir {fd}", lambda: os.fchdir(fd))
    attempt(f"open beneath {fd}", lambda: os.open("etc", os.O_RDONLY, dir_fd=fd))
    attempt(f"climb from {fd}", lambda: os.open("..", os.O_RDONLY, dir_fd=fd))
    if fd:
        attempt(f"read {fd}", lambda: os.pread(fd, 10, 0))
    attempt(f"reopen {fd}", lambda: os.open(f"/proc/self/fd/{fd}", os.O_RDWR))
    attempt(f"reopen {fd} in /dev", lambda: os.open(f"/dev/fd/{fd}", os.O_RDWR))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
