# expect: status=timeout limits.timeoutMs=1000
# claim: B27 — a tree of detached processes, all deaf to signals, dies whole
import os
import signal
import time

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
for _ in range(3):
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        break
while True:
    time.sleep(0.001)
