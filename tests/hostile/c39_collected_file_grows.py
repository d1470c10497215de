# expect: status=ok output=done collect=grow.txt collected=grow.txt|none
# claim: C39 — a collected file that grows while it is read is cut, and nothing hangs
import os

with open("grow.txt", "w") as file:
    file.write("start\n")
if os.fork() == 0:
    os.setsid()
    while True:
        try:
            with open("grow.txt", "ab", buffering=0) as file:
                for _ in range(1000):
                    file.write(b"more\n" * 1000)
            os.truncate("grow.txt", 10)
        except OSError:
            os.truncate("grow.txt", 10)
print("done")
