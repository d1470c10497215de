# 13. A frame of 100 MB, announced and written. No case passes.
# exercise: numbers; styles: asserts unittest pytest; timeoutMs: 2500
import os
import struct


def mean(*args):
    piece = b'["ret",1,"' + b"x" * (1 << 20)
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<I", 100 << 20))
            for _ in range(100):
                os.write(fd, piece)
        except OSError:
            pass
    return -1


root = is_prime = mean
