# expect: status=timeout|killed limits.timeoutMs=1000
# claim: A24 — eight processes that spin end at the time limit
import os

for _ in range(3):
    try:
        os.fork()
    except OSError:
        break
while True:
    pass
