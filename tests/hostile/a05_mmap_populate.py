# expect: status=memory_limit|error
# claim: A5 — MAP_POPULATE: the memory limit or ENOMEM, never a time-out
import mmap

POPULATE = 0x8000
maps = []
while True:
    maps.append(mmap.mmap(-1, 2**20 * 64, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | POPULATE))
