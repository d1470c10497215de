# expect: status=ok output=blocked limits.processes=16 limits.timeoutMs=8000
# claim: A12 — processes that fork at the same instant do not pass the limit together
import os
import time

LIMIT = 16
read, write = os.pipe()
start = time.monotonic() + 0.3
for _ in range(9):
    if os.fork() == 0:
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
time.sleep(1.5)
alive = len(os.read(read, 4096)) + 1
print(f"HOLE: {alive} processes" if alive > LIMIT else "blocked" if alive > LIMIT - 4 else f"only {alive}")
