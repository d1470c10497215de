# expect: status=memory_limit
# claim: A4 — memory that stays mapped somewhere after exec counts: the old image and the new one together
import os
import sys
import time

area = bytearray(230 << 20)
for offset in range(0, len(area), 4096):
    area[offset] = 1
if len(sys.argv) < 2:
    os.execv(sys.executable, [sys.executable, "main.py", "again"])
time.sleep(2)
print("HOLE: held twice the memory")
