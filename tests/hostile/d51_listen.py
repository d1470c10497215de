# expect: status=ok output=blocked
# claim: D51 — no port can be bound or listened on
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


for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1"), (socket.AF_INET6, "::")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for port in (0, 45123):

            def bind():
                with socket.socket(family, kind) as server:
                    server.bind((address, port))

            attempt(f"bind {address} {port} {kind}", bind)
attempt("create_server", lambda: socket.create_server(("127.0.0.1", 0)))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
