# expect: status=ok output=blocked
# claim: C36 — of the descriptors 0 to 1023 only the three standard ones are open, and at most one pipe for reports, write only
import fcntl
import os
import stat

extra = []
holes = []
for fd in range(1024):
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        continue
    access = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE
    if fd <= 2:
        if stat.S_ISDIR(mode) or stat.S_ISBLK(mode):
            holes.append(f"{fd} is {stat.filemode(mode)}")
    elif stat.S_ISFIFO(mode) and access == os.O_WRONLY:
        extra.append(fd)
    else:
        holes.append(f"{fd} is {stat.filemode(mode)} with access {access}")
if len(extra) > 1:
    holes.append(f"pipes {extra}")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
