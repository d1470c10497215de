# expect: status=ok output=done
# claim: B29 — the output pipe, passed through a socket pair to a daemon, does not delay the answer
import array
import os
import socket
import time

left, right = socket.socketpair()
print("done", flush=True)
if os.fork() == 0:
    os.setsid()
    try:
        left.recvmsg(1, 1024)
    except OSError:
        pass
    time.sleep(60)
    os._exit(0)
try:
    right.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1, 2]))])
except OSError:
    pass
