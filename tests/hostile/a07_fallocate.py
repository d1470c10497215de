# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit output=blocked
# claim: A7 — space that is reserved without writing is bounded too
import os
import time

total = 0
try:
    for number in range(100):
        fd = os.open(f"reserved{number}", os.O_CREAT | os.O_RDWR, 0o600)
        os.posix_fallocate(fd, 0, 2**20)
        total += 2**20
        os.close(fd)
except OSError:
    pass
if total > 64 * 2**20:
    time.sleep(1)  # to be seen, where it is looked at
print(f"HOLE: {total >> 20} MiB" if total > 64 * 2**20 else "blocked")
