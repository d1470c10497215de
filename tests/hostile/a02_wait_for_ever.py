# expect: status=timeout limits.timeoutMs=1000
# claim: A2 — waiting on a lock that nobody releases ends at the time limit
import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
