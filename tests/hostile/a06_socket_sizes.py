# expect: status=ok output=blocked
# claim: A6 — a socket cannot be made to hold more than the usual
import socket

left, right = socket.socketpair()
holes = []
for option in (7, 8, 32, 33):  # SO_SNDBUF, SO_RCVBUF and their FORCE forms
    before = left.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    try:
        left.setsockopt(socket.SOL_SOCKET, option, 1 << 22)
    except OSError:
        pass
    else:
        holes.append(str(option))
    if left.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) > before:
        holes.append(f"{option} grew")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
