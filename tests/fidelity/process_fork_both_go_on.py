import atexit
import os

atexit.register(lambda: print("at exit of", who))
who = "parent"
pid = os.fork()
if pid == 0:
    who = "child"
else:
    os.waitpid(pid, 0)
print(who)
