# expect: status=ok output=done collect=*.txt collected=good.txt
# claim: C37 — a link, a FIFO, a socket, a device or a folder is not collected, and nothing hangs
import os
import stat

with open("good.txt", "w") as file:
    file.write("good")
os.symlink("/etc/passwd", "absolute.txt")
os.symlink("good.txt", "relative.txt")
os.symlink("loop.txt", "loop.txt")
os.symlink("../../../../../etc/shadow", "climb.txt")
os.symlink("/proc/self/environ", "proc.txt")
os.symlink("/dev/zero", "zero.txt")
os.mkdir("folder.txt")
for name, action in {
    "fifo": lambda: os.mkfifo("fifo.txt"),
    "socket": lambda: os.mknod("socket.txt", stat.S_IFSOCK | 0o600),
    "device": lambda: os.mknod("device.txt", stat.S_IFCHR | 0o600, os.makedev(1, 5)),
}.items():
    try:
        action()
    except OSError:
        print("refused", name)
print("done")
