# 5. Kills itself at import. No case passes.
# exercise: numbers; styles: all
import os
import signal

print("OK", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
