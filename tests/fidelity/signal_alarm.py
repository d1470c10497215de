import signal
import time


class Timeout(Exception):
    pass


def handler(number, frame):
    raise Timeout("too slow")


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(2)
except Timeout as error:
    print("timeout:", error)
signal.setitimer(signal.ITIMER_REAL, 0)
print(signal.getitimer(signal.ITIMER_REAL))
