# expect: status=memory_limit|error
# claim: A4 — four threads that hoard memory: the memory limit
import threading


def hoard():
    blocks = []
    while True:
        blocks.append(bytearray(b"x" * 2**20))


threads = [threading.Thread(target=hoard) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
raise MemoryError("every thread had one")
