import os

print(os.getpid() > 1, os.getpid() != os.getppid(), os.getpgid(0) == os.getpgrp(), os.getsid(0) == os.getsid(os.getpid()))
print(os.getcwd().rsplit("/", 1)[0] != "", os.path.isabs(os.getcwd()))
