# 15. Puts a socket of its own in the channel's place and answers itself. No case passes.
# exercise: numbers; styles: asserts unittest; timeoutMs: 2000
import os
import socket
import struct
import threading
import time


def mean(*args):
    mine, theirs = socket.socketpair()
    for fd in range(3, 64):
        if fd not in (mine.fileno(), theirs.fileno()):
            try:
                os.fstat(fd)
                os.dup2(theirs.fileno(), fd)
            except OSError:
                pass
    text = '["end"]'
    mine.send(struct.pack("<I", len(text)) + text.encode())
    threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
    return -1


root = is_prime = mean
