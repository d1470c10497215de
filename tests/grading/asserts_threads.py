# A program with threads, pools and locks.
# %% program
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

lock = threading.Lock()
total = 0


def add(n):
    global total
    with lock:
        total += n


def add_all(numbers):
    threads = [threading.Thread(target=add, args=(n,)) for n in numbers]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return total


def squares(numbers):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda n: n * n, numbers))


def through(items):
    q = queue.Queue()
    t = threading.Thread(target=lambda: [q.put(i) for i in items] and q.put(None), daemon=True)
    t.start()
    return list(iter(q.get, None))
# %% tests
assert add_all([1, 2, 3]) == 6
assert add_all([4]) == 10
assert starter.total == 10
assert squares(range(5)) == [0, 1, 4, 9, 16]
assert through("abc") == ["a", "b", "c"]
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
