# expect: status=timeout limits.timeoutMs=1000 contains=end
# claim: A2 — a handler at exit that never returns is inside the time limit
import atexit
import time

atexit.register(time.sleep, 1e9)
print("end", flush=True)
