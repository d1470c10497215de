# expect: status=ok output=blocked
# claim: D47 — no TCP connection to any loopback address, the service's own ports among them
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


for family, address in (
    (socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.53"), (socket.AF_INET, "127.255.255.254"),
    (socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1"), (socket.AF_INET6, "::ffff:127.0.0.1"), (socket.AF_INET6, "::"),
):
    for port in (3001, 3000, 22, 53, 80, 443, 2375, 5432, 6379, 8080, 9090, 10250):

        def connect():
            with socket.socket(family, socket.SOCK_STREAM) as client:
                client.settimeout(0.2)
                client.connect((address, port))

        attempt(f"{address} {port}", connect)
attempt("socket", lambda: socket.socket(), (errno.EPERM, errno.EACCES, errno.EAFNOSUPPORT))
attempt("create_connection", lambda: socket.create_connection(("127.0.0.1", 3001), 0.2))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
