# expect: status=timeout limits.timeoutMs=1000
# claim: A2 — a sleep of thirty years ends at the time limit
import time

time.sleep(1e9)
