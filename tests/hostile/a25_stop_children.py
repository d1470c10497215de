# expect: status=timeout limits.timeoutMs=1000
# claim: A25 — a program that stops its children, its group and itself is ended at the time limit
import os
import signal
import time

for _ in range(5):
    if os.fork() == 0:
        while True:
            os.kill(os.getpid(), signal.SIGSTOP)
            time.sleep(1)
try:
    os.killpg(os.getpgrp(), signal.SIGSTOP)
except OSError:
    os.kill(os.getpid(), signal.SIGTSTP)
    os.kill(os.getpid(), signal.SIGSTOP)
time.sleep(60)
