# 27. time patched: it stands still, jumps and never sleeps. No case passes.
# exercise: numbers; styles: all; timeoutMs: 1500
import signal
import time

for name in ("time", "monotonic", "perf_counter", "process_time"):
    setattr(time, name, lambda: 0.0)
time.sleep = lambda seconds: None
signal.setitimer = signal.alarm = lambda *args: 0


def mean(*args):
    while time.time() < 1:
        pass


root = is_prime = mean
