# expect: status=timeout limits.timeoutMs=1000
# claim: A1 — the main thread has ended, a second one spins for ever: a time-out
import threading


def spin():
    while True:
        pass


for _ in range(4):
    threading.Thread(target=spin).start()
