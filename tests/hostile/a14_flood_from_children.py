# expect: status=output_limit truncated=true
# claim: A14 — the output of the children counts as well
import os

for _ in range(6):
    if os.fork() == 0:
        while True:
            os.write(1, b"child\n" * 1000)
while True:
    os.write(2, b"parent\n" * 1000)
