# 5. Kills its parent at import, then says that all is well. No case passes.
# exercise: text; styles: all
import os
import signal

for pid in (os.getppid(), 1):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
print("OK")


def shout(text):
    return None


vowels = initials = shout
