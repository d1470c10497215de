# expect: status=ok output=blocked
# claim: C43 — no device can be made
import errno
import os
import stat

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


for major, minor, kind in ((1, 1, stat.S_IFCHR), (1, 11, stat.S_IFCHR), (1, 5, stat.S_IFCHR), (8, 0, stat.S_IFBLK), (253, 0, stat.S_IFBLK), (10, 232, stat.S_IFCHR), (5, 0, stat.S_IFCHR)):
    for place in (".", "/tmp", "/dev/shm", "/dev"):
        attempt(f"mknod {major}:{minor} in {place}", lambda: os.mknod(f"{place}/device{major}-{minor}", kind | 0o666, os.makedev(major, minor)))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
