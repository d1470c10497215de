# expect: status=memory_limit|error
# claim: A5 — anonymous private maps, touched: the memory limit or ENOMEM, never a time-out
import mmap

maps = []
while True:
    area = mmap.mmap(-1, 2**20 * 16, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for offset in range(0, len(area), 4096):
        area[offset] = 1
    maps.append(area)
