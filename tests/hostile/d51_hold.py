# expect: status=ok output=held
# claim: D51 — a port or name bound in one run is not reached from another at the same time
import socket
import time

open_sockets = []
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 45124)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 45124)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\0d51"),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/tmp/d51.sock"),
):
    try:
        server = socket.socket(family, kind)
        server.bind(address)
        server.listen()
        open_sockets.append(server)
    except OSError:
        pass
try:
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    left.bind("\0d51-pair")
except OSError:
    pass
time.sleep(2)
print("held")
