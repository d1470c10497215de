# expect: status=ok output=done
# claim: B30 — zombies that nobody waits for end with the run
import os

try:
    while True:
        if os.fork() == 0:
            os._exit(0)
except OSError:
    pass
print("done")
