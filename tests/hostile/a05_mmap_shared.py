# expect: status=memory_limit
# claim: A5 — MAP_SHARED, which the data limit does not count, touched page by page: the memory limit
import mmap

maps = []
while True:
    area = mmap.mmap(-1, 2**20 * 16, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    for offset in range(0, len(area), 4096):
        area[offset] = 1
    maps.append(area)
