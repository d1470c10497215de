# expect: status=ok output=done limits.timeoutMs=8000
# claim: B30 — orphans that end are reaped while the run goes on: hundreds of them do not fill the process limit
import os
import time

for _ in range(300):
    for attempt in range(200):
        try:
            child = os.fork()
            break
        except BlockingIOError:
            time.sleep(0.002)
    else:
        raise SystemExit("HOLE: orphans are not reaped")
    if child == 0:
        try:
            os.fork()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
print("done")
