# 5. Stops itself at import. No case passes, and the answer comes within the limit.
# exercise: numbers; styles: asserts unittest; timeoutMs: 1500
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
