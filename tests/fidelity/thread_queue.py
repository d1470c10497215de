import queue
import threading

jobs, results = queue.Queue(), queue.Queue()


def work():
    while (job := jobs.get()) is not None:
        results.put(job * job)
        jobs.task_done()


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for number in range(50):
    jobs.put(number)
jobs.join()
for thread in threads:
    jobs.put(None)
for thread in threads:
    thread.join()
print(sorted(results.queue))
event, barrier, local = threading.Event(), threading.Barrier(2), threading.local()
print(event.wait(0.01), barrier.parties, hasattr(local, "x"))
