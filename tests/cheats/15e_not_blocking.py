# 15. Makes every descriptor non-blocking and shuts sockets down. No case passes.
# exercise: numbers; styles: all
import os
import socket


def mean(*args):
    for fd in range(3, 64):
        try:
            os.set_blocking(fd, False)
            link = socket.socket(fileno=os.dup(fd))
            link.shutdown(socket.SHUT_RD)
            link.close()
        except OSError:
            pass
    return -1


root = is_prime = mean
