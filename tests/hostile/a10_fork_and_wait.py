# expect: status=ok output=blocked
# claim: A10 — fork ends with EAGAIN at the process limit
import errno
import os
import signal
import time

children = []
hole = ""
while len(children) < 500:
    try:
        pid = os.fork()
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.ENOMEM, errno.EPERM):
            hole = f"errno {error.errno}"
        break
    if pid == 0:
        time.sleep(60)
        os._exit(0)
    children.append(pid)
else:
    hole = f"{len(children)} processes"
for pid in children:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
print(f"HOLE: {hole}" if hole else "blocked")
