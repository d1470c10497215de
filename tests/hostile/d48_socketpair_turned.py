# expect: status=ok
# expect[landlock]: status=ok output=blocked
# claim: D48 — one end of a socket pair cannot be turned to another address by bind, connect or sendto
import errno
import socket

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


def names():
    for name in ("\0turned", "turned.sock"):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            try:
                left, right = socket.socketpair(socket.AF_UNIX, kind)
                target, other = socket.socketpair(socket.AF_UNIX, kind)
            except OSError:
                continue
            yield name, left, target, (right, other)


for name, left, target, rest in names():
    attempt(f"bind {name!r}", lambda: target.bind(name))
    attempt(f"connect {name!r}", lambda: left.connect(name))
    attempt(f"sendto {name!r}", lambda: left.sendto(b"x", name))
    attempt(f"sendmsg {name!r}", lambda: left.sendmsg([b"x"], [], 0, name))
    attempt(f"listen {name!r}", lambda: target.listen())
    attempt(f"accept {name!r}", lambda: (target.settimeout(0.1), target.accept()))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
