# 13. Half a frame, then silence. No case passes, and the answer comes within the limit.
# exercise: numbers; styles: asserts unittest pytest; timeoutMs: 1500
import os
import struct
import time


def mean(*args):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<I", 1000) + b'["ret",1,')
        except OSError:
            pass
    time.sleep(60)


root = is_prime = mean
