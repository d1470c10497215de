# 14. Reads what the tests ask, from the channel itself. No case passes.
# exercise: numbers; styles: asserts unittest pytest; timeoutMs: 2000
import os
import threading


def read(fd):
    try:
        while os.read(fd, 65536):
            pass
    except OSError:
        pass


for fd in range(3, 64):
    threading.Thread(target=read, args=(fd,), daemon=True).start()


def mean(*args):
    return -1


root = is_prime = mean
