# expect: status=ok|memory_limit output=blocked
# claim: A6 — memory in the buffers of socket pairs is bounded
import socket

total = 0
pairs = []
try:
    while total < 600 * 2**20:
        left, right = socket.socketpair()
        pairs.append((left, right))
        left.setblocking(False)
        try:
            while True:
                total += left.send(b"x" * 65536)
        except BlockingIOError:
            pass
except OSError:
    pass
print(f"HOLE: {total >> 20} MiB in sockets" if total > 512 * 2**20 else "blocked")
