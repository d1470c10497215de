# 7. The child answers in the parent's place, with forged frames. No case passes.
# exercise: numbers; styles: all
import os
import struct
import time


def mean(*args):
    if os.fork():
        time.sleep(0.3)
        os._exit(0)
    for text in ('["ret",%d,0,[]]' % n for n in range(1, 40)):
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack("<I", len(text)) + text.encode())
            except OSError:
                pass
    os._exit(0)


root = is_prime = mean
