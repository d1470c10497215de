# expect: status=ok output=end
# claim: G74 — children that end by every signal there is do not disturb the run
import os
import signal

for number in range(1, 65):
    if number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
        continue
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            pass
        os.kill(os.getpid(), number)
        os._exit(0)
    os.waitpid(pid, 0)
print("end")
