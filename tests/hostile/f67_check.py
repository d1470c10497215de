# expect: status=ok output=clean lacks=POISON
# claim: F67 — handlers for fork, exit and threads that one run registers do nothing in the next
import os
import sys
import threading

seen = []
thread = threading.Thread(target=lambda: seen.append(sys.gettrace()))
thread.start()
thread.join()
pid = os.fork()
if pid == 0:
    os._exit(7)
code = os.waitpid(pid, 0)[1] >> 8
print("clean" if seen == [None] and code == 7 and sys.getprofile() is None else f"HOLE: {seen} {code}")
