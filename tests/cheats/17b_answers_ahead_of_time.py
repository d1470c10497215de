# 17. The answers of all calls to come, sent at import. No case passes.
# exercise: numbers; styles: all
import os
import struct

for number in range(100):
    for text in ('["ret",%d,7,[]]' % number, '["ret",%d,null]' % number):
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack("<I", len(text)) + text.encode())
            except OSError:
                pass


def mean(*args):
    return -1


root = is_prime = mean
