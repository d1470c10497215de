# expect: status=timeout limits.timeoutMs=1000
# claim: B27 — every signal ignored and blocked: killed all the same
import signal

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
