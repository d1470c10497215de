# expect: status=ok output=done collect=** collected=any
# claim: C41 — folders of mode 000, immutable and append-only flags, extended attributes: cleaned up all the same
import fcntl
import os
import struct

FS_IOC_SETFLAGS = 0x40086602
APPEND, IMMUTABLE = 0x20, 0x10
for number in range(20):
    os.makedirs(f"locked{number}/inner", exist_ok=True)
    with open(f"locked{number}/inner/file", "w") as file:
        file.write("x")
    for flags in (APPEND, IMMUTABLE, APPEND | IMMUTABLE):
        fd = os.open(f"locked{number}/inner/file", os.O_RDONLY)
        try:
            fcntl.ioctl(fd, FS_IOC_SETFLAGS, struct.pack("L", flags))
            print("flag set")
        except OSError:
            pass
        finally:
            os.close(fd)
    try:
        os.setxattr(f"locked{number}/inner", "user.note", b"x" * 1000)
    except OSError:
        pass
    for path in (f"locked{number}/inner/file", f"locked{number}/inner", f"locked{number}"):
        try:
            os.chmod(path, 0)
        except OSError:
            pass
try:
    os.chmod(".", 0)
except OSError:
    pass
print("done")
