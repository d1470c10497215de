# 7. A daemon in a session of its own writes frames later. No case passes.
# exercise: text; styles: all
import os
import struct
import time

if not os.fork():
    os.setsid()
    if not os.fork():
        text = '{"case":{"name":"Test 1","status":"passed"},"index":0}'
        for _ in range(20):
            for fd in range(3, 64):
                try:
                    os.write(fd, struct.pack("<I", len(text)) + text.encode())
                except OSError:
                    pass
            time.sleep(0.05)
    os._exit(0)


def shout(text):
    time.sleep(0.1)
    return 0


vowels = initials = shout
