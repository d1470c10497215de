# expect: status=ok output=done
# claim: A13 — ten daemons that ignore every signal are dead before the answer
import os
import signal
import time

for _ in range(10):
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            for number in range(1, 65):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            if os.fork() == 0:
                while True:
                    time.sleep(3600)
        except OSError:
            pass
        os._exit(0)
    os.waitpid(child, 0)
print("done")
