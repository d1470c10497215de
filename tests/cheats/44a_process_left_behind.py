# 44. A process left behind, that waits for the next test's program and signals it. No case passes.
# exercise: text; styles: all
import os
import signal
import time

if not os.fork():
    os.setsid()
    for _ in range(40):
        for pid in range(2, 60):
            if pid != os.getpid():
                try:
                    os.kill(pid, signal.SIGUSR1)
                except OSError:
                    pass
        time.sleep(0.05)
    os._exit(0)


def shout(text):
    time.sleep(0.05)
    return -1


vowels = initials = shout
