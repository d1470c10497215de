# expect: status=timeout limits.timeoutMs=1000
# claim: B27 — finally blocks, destructors and exit handlers that never end do not delay the kill
import atexit


class Sticky:
    def __del__(self):
        while True:
            pass


atexit.register(lambda: [None for _ in iter(int, 1)])
sticky = Sticky()
try:
    raise SystemExit(3)
finally:
    while True:
        try:
            while True:
                pass
        finally:
            continue
