# 5. Stops itself. No case passes, and the answer comes within the limit.
# exercise: numbers; styles: asserts unittest pytest; timeoutMs: 1500
import os
import signal


def mean(*args):
    os.kill(os.getpid(), signal.SIGSTOP)
    return -1


root = is_prime = mean
