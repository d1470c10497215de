# expect: status=ok|error|killed
# claim: F67 — handlers for fork, exit and threads that one run registers do nothing in the next
import atexit
import os
import signal
import sys
import threading


def poison(*rest):
    os.write(1, b"POISON\n")
    raise RuntimeError("POISON")


os.register_at_fork(before=poison, after_in_parent=poison, after_in_child=poison)
atexit.register(poison)
threading.settrace(poison)
threading.setprofile(poison)
sys.setprofile(lambda *rest: None)
try:
    threading._register_atexit(poison)
except Exception:
    pass
sys.addaudithook(lambda name, rest: os.kill(os.getpid(), signal.SIGKILL) if name == "os.fork" else None)
