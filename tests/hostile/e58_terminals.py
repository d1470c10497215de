# expect: status=ok output=blocked
# claim: E58 — no terminal can be opened, typed into or taken over
import errno
import fcntl
import os
import struct

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


TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCCONS, TIOCSETD = 0x5412, 0x541C, 0x540E, 0x541D, 0x5423
opened = [0, 1, 2]
for path in ("/dev/tty", "/dev/console", "/dev/ptmx", "/dev/pts/ptmx", "/dev/pts/0", "/dev/pts/1", "/dev/tty1", "/dev/ttyS0", "/dev/vcs", "/dev/vcsa1"):
    try:
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        continue
    holes.append(f"open {path}")
    opened.append(fd)
attempt("pty", lambda: os.openpty())
for fd in opened:
    attempt(f"TIOCSTI {fd}", lambda: fcntl.ioctl(fd, TIOCSTI, b"x"))
    for code in (2, 3, 4, 10, 11):
        attempt(f"TIOCLINUX {code} {fd}", lambda: fcntl.ioctl(fd, TIOCLINUX, struct.pack("b", code) + bytes(32)))
    attempt(f"TIOCSCTTY {fd}", lambda: fcntl.ioctl(fd, TIOCSCTTY, 1))
    attempt(f"TIOCCONS {fd}", lambda: fcntl.ioctl(fd, TIOCCONS, 0))
    attempt(f"TIOCSETD {fd}", lambda: fcntl.ioctl(fd, TIOCSETD, struct.pack("i", 29)))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
