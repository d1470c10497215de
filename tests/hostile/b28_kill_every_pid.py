# expect: status=ok|error|killed
# claim: B28 — a kill sent to every number from 1 to 40000 reaches nothing outside the run
import os
import signal

me = os.getpid()
for pid in range(1, 40000):
    if pid != me:
        for action in (os.kill, os.killpg):
            try:
                action(pid, signal.SIGKILL)
            except OSError:
                pass
print("alive")
