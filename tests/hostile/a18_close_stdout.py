# expect: status=timeout limits.timeoutMs=1000
# claim: A18 — who closes standard output and computes on is still under the time limit
import os
import sys

sys.stdout.close()
sys.stderr.close()
for fd in (0, 1, 2):
    try:
        os.close(fd)
    except OSError:
        pass
while True:
    pass
