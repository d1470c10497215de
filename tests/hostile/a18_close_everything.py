# expect: status=timeout limits.timeoutMs=1000
# claim: A18 — every descriptor closed, whatever it was for: the limits hold
import os

os.closerange(0, 65536)
while True:
    pass
