# expect: status=ok output=early lacks=LATE
# claim: B33 — what a grandchild writes after the end is not part of the answer
import os
import time

print("early", flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(0.3)
        while True:
            try:
                os.write(1, b"LATE\n")
            except OSError:
                pass
    os._exit(0)
os.wait()
