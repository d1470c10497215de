# expect: status=ok output=held
# claim: F63 — a lock or lease on a shared file is not seen by another run at the same time
import fcntl
import json
import os
import struct
import time

F_OFD_SETLK, F_SETLEASE = 37, 1024
for path in (os.__file__, json.__file__):
    fd = os.open(path, os.O_RDONLY)
    for action in (
        lambda: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB),
        lambda: fcntl.fcntl(fd, fcntl.F_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 1000, 1, 0)),
        lambda: fcntl.fcntl(fd, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 2000, 1, 0)),
        lambda: fcntl.fcntl(fd, F_SETLEASE, fcntl.F_RDLCK),
    ):
        try:
            action()
        except OSError:
            pass
time.sleep(2)
print("held")
