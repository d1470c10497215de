# 13. A thread writes answers to every descriptor all the time. No case passes.
# exercise: text; styles: all
import os
import struct
import threading
import time


def say():
    for number in range(200):
        for text in ('["ret",%d,null,[]]' % number, '{"done":true}'):
            frame = struct.pack("<I", len(text)) + text.encode()
            for fd in range(3, 64):
                try:
                    os.write(fd, frame)
                except OSError:
                    pass
        time.sleep(0.005)


threading.Thread(target=say, daemon=True).start()


def shout(text):
    time.sleep(0.02)
    return -1


vowels = initials = shout
