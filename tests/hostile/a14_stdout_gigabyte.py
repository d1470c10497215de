# expect: status=output_limit truncated=true
# claim: A14 — 1 GB by os.write ends at the output limit
import os

block = b"0123456789abcdef" * 65536
for _ in range(1024):
    rest = block
    while rest:
        rest = rest[os.write(1, rest):]
print("HOLE: 1 GB written")
