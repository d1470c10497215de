# expect: status=memory_limit|error
# claim: A5 — one shared map of 4 GiB with MAP_POPULATE: ENOMEM or the memory limit
import mmap

area = mmap.mmap(-1, 2**32, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x8000)
print("HOLE:", len(area))
