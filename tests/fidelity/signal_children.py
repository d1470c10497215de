import os
import signal
import time

for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGABRT, signal.SIGHUP):
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(number)
        time.sleep(5)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    print(os.WIFSIGNALED(status), os.WTERMSIG(status) == number)
