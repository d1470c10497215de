# expect: status=timeout limits.timeoutMs=1000
# claim: A25 — a program that stops itself is ended at the time limit
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
