# expect: status=memory_limit limits.memoryMb=128 limits.timeoutMs=5000
# claim: A6 — what lies in sockets counts as memory, over all processes together
import os
import socket
import time


def fill():
    pairs = []
    try:
        while True:
            pairs.append(socket.socketpair())
    except OSError:
        pass
    for pair in pairs:
        for end in pair:
            end.setblocking(False)
            try:
                while True:
                    end.send(b"x" * 65536)
            except OSError:
                pass
    time.sleep(60)


for _ in range(3):
    if os.fork() == 0:
        fill()
fill()
