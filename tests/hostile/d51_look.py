# expect: status=ok output=blocked
# claim: D51 — a port or name bound in one run is not reached from another at the same time
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


for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 45124)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 45124)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\0d51"),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/tmp/d51.sock"),
):

    def connect():
        with socket.socket(family, kind) as client:
            client.settimeout(0.5)
            client.connect(address)

    attempt(f"reached {address}", connect)


def send():
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    left.connect("\0d51-pair")
    left.send(b"x")


attempt("reached by a turned pair", send)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
