# expect: status=timeout limits.timeoutMs=1000
# claim: A20 — a search through an endless iterator is stopped, signal handlers or not
import itertools
import signal

signal.signal(signal.SIGTERM, lambda *rest: None)
signal.signal(signal.SIGINT, lambda *rest: None)
print(-1 in itertools.count())
