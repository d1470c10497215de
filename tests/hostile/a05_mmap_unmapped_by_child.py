# expect: status=memory_limit
# claim: A5 — a shared map, filled by children that end at once: it still counts
import mmap
import os
import time

area = mmap.mmap(-1, 2**20 * 900, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
part = len(area) // 9
for number in range(9):
    pid = os.fork()
    if pid == 0:
        for offset in range(number * part, (number + 1) * part, 4096):
            area[offset] = 1
        os._exit(0)
    os.waitpid(pid, 0)
for offset in range(0, len(area), 4096):
    area[offset] = 2
time.sleep(60)
