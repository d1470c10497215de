# expect: status=killed|error signal=7|11
# claim: G74 — a map that outlives its file is a signal, told as such
import mmap
import os

with open("short", "wb") as file:
    file.write(bytes(4096 * 4))
fd = os.open("short", os.O_RDWR)
area = mmap.mmap(fd, 4096 * 4)
os.ftruncate(fd, 0)
print(area[4096 * 3])
