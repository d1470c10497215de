# expect: status=ok|killed|timeout min.usage.cpuMs=1000 limits.timeoutMs=6000
# claim: A24 — processor time burnt by children is summed over the tree
import os
import time

children = []
for _ in range(4):
    pid = os.fork()
    if pid == 0:
        while time.process_time() < 0.3:
            pass
        os._exit(0)
    children.append(pid)
for pid in children:
    os.waitpid(pid, 0)
