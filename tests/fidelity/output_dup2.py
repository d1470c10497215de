import os
import sys

print("to the pipe")
sys.stdout.flush()
saved = os.dup(1)
fd = os.open("log.txt", os.O_CREAT | os.O_WRONLY)
os.dup2(fd, 1)
os.system("echo from the shell")
print("to the file", flush=True)
os.dup2(saved, 1)
print(sorted(open("log.txt").read().split("\n")))
