# expect: status=ok|error|killed|timeout
# claim: B28 — a keeper that was stopped does not delay the answer
import os
import signal

try:
    os.kill(os.getppid(), signal.SIGSTOP)
except OSError:
    pass
print("stopped")
