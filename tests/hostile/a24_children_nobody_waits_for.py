# expect: status=timeout min.usage.cpuMs=400 limits.timeoutMs=4000
# claim: A24 — processor time of children that the kernel reaps by itself (SIGCHLD ignored) is not lost when they die
import os
import signal
import time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    for _ in range(4):
        if os.fork() == 0:
            while time.process_time() < 0.1:
                pass
            os._exit(0)
    try:
        os.wait()  # answers when the last one has gone
    except ChildProcessError:
        pass
