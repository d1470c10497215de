# expect: status=ok output=done
# claim: B29 — a daemon that keeps the output pipe open does not delay the answer
import os
import time

if os.fork() == 0:
    os.setsid()
    time.sleep(60)
    os._exit(0)
print("done")
