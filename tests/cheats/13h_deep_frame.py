# 13. A frame nested 100,000 deep. No case passes.
# exercise: numbers; styles: all
import os
import struct


def mean(*args):
    for body in (b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'["ret",1,' + b'["l",' * 50_000):
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack("<I", len(body)) + body)
            except OSError:
                pass
    return -1


root = is_prime = mean
