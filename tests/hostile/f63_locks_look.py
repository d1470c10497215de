# expect: status=ok output=blocked
# claim: F63 — a lock or lease on a shared file is not seen by another run at the same time
import fcntl
import json
import os
import struct

F_OFD_GETLK, F_GETLEASE = 36, 1025
holes = []
for path in (os.__file__, json.__file__):
    fd = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(fd, fcntl.LOCK_UN)
    except BlockingIOError:
        holes.append(f"flock on {path}")
    except OSError:
        pass
    for name, command in (("record lock", fcntl.F_GETLK), ("open file lock", F_OFD_GETLK)):
        try:
            answer = fcntl.fcntl(fd, command, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
            if struct.unpack("hhqqi4x", answer)[0] != fcntl.F_UNLCK:
                holes.append(f"{name} on {path}")
        except OSError:
            pass
    os.close(fd)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
