# expect: status=ok output=blocked
# claim: A12 — posix_spawn, which clones with shared memory, is held by the process limit
import os
import signal
import sys

children = []
hole = ""
try:
    while len(children) < 300:
        children.append(os.posix_spawn(sys.executable, [sys.executable, "-S", "-c", "import time; time.sleep(60)"], {}))
    hole = f"{len(children)} processes"
except OSError:
    pass
for pid in children:
    os.kill(pid, signal.SIGKILL)
print(f"HOLE: {hole}" if hole else "blocked")
