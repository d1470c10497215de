# expect: status=ok output=blocked limits.processes=16 limits.timeoutMs=8000
# claim: A12 — nor do threads that fork at the same instant
import ctypes
import threading

LIMIT = 16
THREADS = 8
libc = ctypes.CDLL(None)  # its calls let the other threads run
barrier = threading.Barrier(THREADS)
children = []


def work():
    barrier.wait()
    for _ in range(6):
        # The child waits for ever for the interpreter's lock, or sleeps.
        pid = libc.fork()
        if pid == 0:
            libc.sleep(60)
            libc._exit(0)
        if pid > 0:
            children.append(pid)
    barrier.wait()


threads = [threading.Thread(target=work) for _ in range(THREADS - 1)]
for thread in threads:
    thread.start()
work()
alive = len(children) + THREADS
print(f"HOLE: {alive} processes and threads" if alive > LIMIT else "blocked" if children else "none could fork")
