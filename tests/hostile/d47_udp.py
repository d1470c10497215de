# expect: status=ok output=blocked
# claim: D47 — no datagram to any loopback address
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


for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.53"), (socket.AF_INET6, "::1")):
    for port in (53, 123, 514, 3001, 8125):

        def send():
            with socket.socket(family, socket.SOCK_DGRAM) as client:
                client.sendto(b"x", (address, port))

        attempt(f"{address} {port}", send)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
