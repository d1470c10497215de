# expect: status=ok|error|timeout|killed limits.timeoutMs=1000
# claim: A10 — a chain in which each process forks its successor and dies is swept away whole
import os

for _ in range(4):
    if os.fork() == 0:
        while True:
            try:
                if os.fork():
                    os._exit(0)
            except OSError:
                pass
