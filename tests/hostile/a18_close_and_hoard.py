# expect: status=memory_limit
# claim: A18 — every descriptor closed, then memory for ever: the memory limit
import os

os.closerange(0, 65536)
blocks = []
while True:
    blocks.append(bytearray(b"x" * 2**20))
