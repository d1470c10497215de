# expect: status=ok|output_limit contains=done
# claim: B29 — a daemon that goes on writing does not delay the answer
import os

print("done", flush=True)
if os.fork() == 0:
    os.setsid()
    while True:
        try:
            os.write(1, b"more\n" * 100)
        except OSError:
            pass
