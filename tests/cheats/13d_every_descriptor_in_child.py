# 13. A forked child writes frames to every descriptor. No case passes.
# exercise: numbers; styles: all
import os
import struct


def mean(*args):
    pid = os.fork()
    if not pid:
        for text in ('{"case":{"name":"Test 1","status":"passed"},"index":0}', '{"done":true}', '["ret",2,null,[]]'):
            for fd in range(3, 1100):
                try:
                    os.write(fd, struct.pack("<I", len(text)) + text.encode())
                except OSError:
                    pass
        os._exit(0)
    os.waitpid(pid, 0)
    return -1


root = is_prime = mean
