# 17. The end is told before the tests begin, then a clean exit. No case passes.
# exercise: numbers; styles: all
import os
import struct

for text in ('{"case":{"name":"Test 1","status":"passed"},"index":0}', '{"done":true}'):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<I", len(text)) + text.encode())
        except OSError:
            pass
os._exit(0)
