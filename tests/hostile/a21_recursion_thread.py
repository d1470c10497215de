# expect: status=killed|error|ok|memory_limit
# claim: A21 — recursion that overruns a thread's small stack is a signal or an exception
import sys
import threading

sys.setrecursionlimit(10**9)
threading.stack_size(32768)


class Mirror:
    def __getattr__(self, name):
        return getattr(self, name + "x")


thread = threading.Thread(target=lambda: Mirror().x)
thread.start()
thread.join()
