# timeout: 10000
import os

file = open("late.txt", "w")
file.write("written at the very end")
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
print(os.path.getsize("late.txt"))
