# 8. Hangs and ignores each signal and each exception. No case passes.
# exercise: text; styles: asserts unittest pytest; timeoutMs: 1500
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def shout(text):
    while True:
        try:
            time.sleep(1)
        except BaseException:
            continue


vowels = initials = shout
