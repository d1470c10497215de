# expect: status=error|killed|output_limit|timeout|memory_limit limits.timeoutMs=1000
# claim: G69 — every descriptor flooded with garbage: bounded, and no fault of the service
import os

descriptors = []
for fd in range(3, 256):
    try:
        os.fstat(fd)
        os.set_blocking(fd, False)
        descriptors.append(fd)
    except OSError:
        pass
block = os.urandom(65536)
for _ in range(2000):
    for fd in descriptors:
        try:
            os.write(fd, block)
        except OSError:
            pass
os._exit(3)
