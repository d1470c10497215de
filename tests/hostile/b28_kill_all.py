# expect: status=ok|error|killed
# claim: B28 — kill(-1, KILL) reaches nothing outside the run; the service lives
import os
import signal

for target in (-1, 0):
    try:
        os.kill(target, signal.SIGKILL)
    except OSError as error:
        print("refused", error.errno, flush=True)
