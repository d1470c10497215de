# expect: status=ok output=blocked limits.processes=16 limits.timeoutMs=8000
# claim: A12 — processes that fork at the same instant do not pass the limit together
import os
import struct
import time

LIMIT = 16
FORKING = 9
told, tell = os.pipe()
read, write = os.pipe()
for _ in range(FORKING):
    if os.fork() == 0:
        # They wait asleep until all are there, however slow the machine is, and then for the instant, at work.
        start, = struct.unpack("d", os.read(told, 8))
        while time.monotonic() < start:
            pass
        for _ in range(3):
            try:
                if os.fork() == 0:
                    break
            except OSError:
                pass
        os.write(write, b"x")
        time.sleep(60)
os.write(tell, struct.pack("d", time.monotonic() + 0.1) * FORKING)
time.sleep(2)
alive = len(os.read(read, 4096)) + 1
print(f"HOLE: {alive} processes" if alive > LIMIT else "blocked" if alive > LIMIT - 4 else f"only {alive}")
