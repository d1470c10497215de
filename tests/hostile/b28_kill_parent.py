# expect: status=ok|error|killed
# claim: B28 — killing the parent and process 1 does no harm but to the run itself
import os
import signal

for target in (os.getppid(), 1):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(target, number)
        except OSError as error:
            print("refused", error.errno, flush=True)
