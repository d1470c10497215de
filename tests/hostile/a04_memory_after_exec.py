# expect: status=memory_limit limits.timeoutMs=8000 contains=alone
# claim: A4 — an image that exec has replaced is given back, whoever shared it; what comes after it has the limit to itself, and no more
import os
import sys
import time

area = bytearray(230 << 20)
for offset in range(0, len(area), 4096):
    area[offset] = 1
if len(sys.argv) < 2:
    os.execv(sys.executable, [sys.executable, "main.py", "again"])
time.sleep(1)
print("alone", flush=True)
more = bytearray(60 << 20)
for offset in range(0, len(more), 4096):
    more[offset] = 1
time.sleep(2)
print("HOLE: more than the limit")
