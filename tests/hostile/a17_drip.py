# expect: status=timeout limits.timeoutMs=1000 contains=x
# claim: A17 — one byte every 10 ms for ever ends at the time limit; the bytes so far are in the answer
import time

while True:
    print("x", end="", flush=True)
    time.sleep(0.01)
