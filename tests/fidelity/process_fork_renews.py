# What modules do after a fork of the program's own: new chance, one thread, locks that nobody holds.
import logging
import os
import random
import sys
import threading

random.seed(7)
state = random.getstate()
order = []
os.register_at_fork(
    before=lambda: order.append("before"),
    after_in_parent=lambda: order.append("parent"),
    after_in_child=lambda: order.append("child"),
)
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    logging.warning("in the child")
    print(random.getstate() == state, threading.active_count(), threading.current_thread() is threading.main_thread(), order)
    print(threading.main_thread().ident == threading.get_ident(), threading.main_thread().native_id == os.getpid())
    sys.stdout.flush()
    os._exit(0)
os.waitpid(pid, 0)
print(random.getstate() == state, threading.active_count(), threading.main_thread().native_id == os.getpid(), order)
