"""The time of each test: a share of what is left, and an alarm that a test cannot swallow for good."""

# Not from `signal`, which makes an enumeration's member of each number.
from _signal import ITIMER_REAL, SIGALRM, setitimer, signal
from time import perf_counter

# Left over for the last words to the service.
_RESERVE = 0.06
_AGAIN = 0.05
_LEAST = 0.03
# Of what is left: a slow test gets most of it, and a hang leaves enough for the ordinary ones after it.
_SHARE = 0.8


class OutOfTime(BaseException):
    """The present test has used up its share; no `except Exception` of a test takes this for an answer."""


class Clock:
    def __init__(self, timeout_ms):
        self.start = perf_counter()
        self.deadline = self.start + max(timeout_ms / 1000 - _RESERVE, _LEAST)
        self.is_running = False
        self.is_late = False
        self.share = 0.0
        signal(SIGALRM, self.ring)

    def left(self):
        return self.deadline - perf_counter()

    def is_spent(self):
        return self.left() < 0.001

    def begin(self, others):
        """Starts the time of a test; `others` says how many are still to follow."""
        left = self.left()
        self.share = max(left * _SHARE, min(_LEAST, left)) if others else left
        self.share = max(self.share, 0.001)
        self.is_late = False
        self.is_running = True
        # Again and again: a bare `except:` in the test could have swallowed the first one.
        setitimer(ITIMER_REAL, self.share, _AGAIN)

    def end(self):
        self.is_running = False
        setitimer(ITIMER_REAL, 0)

    def ring(self, number, frame):
        if self.is_running:
            self.is_late = True
            raise OutOfTime()

    def verdict(self):
        took = max(int(self.share * 1000), 1)
        return "it was still running after %d ms; a loop that never ends is the usual cause" % took
