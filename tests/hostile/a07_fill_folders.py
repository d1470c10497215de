# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit output=blocked
# claim: A7 — the working directory, /tmp and /dev/shm together hold no more than the file limit, then ENOSPC
import errno
import os
import time

CEILING = 256 * 2**20
block = b"x" * 2**18
total = 0
wrong = []
for folder in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", os.path.expanduser("~")):
    for number in range(300):
        try:
            with open(f"{folder}/fill{number}", "wb", buffering=0) as file:
                while total <= CEILING:
                    total += file.write(block)
                    if os.fstat(file.fileno()).st_size >= 2**20:
                        break
        except OSError as error:
            if error.errno not in (
                errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EPERM,
            ):
                wrong.append(f"{folder} {errno.errorcode.get(error.errno)}")
            break
if total > CEILING:
    time.sleep(1)  # to be seen, where it is looked at
    wrong.append(f"{total >> 20} MiB written")
print("HOLE: " + ", ".join(wrong) if wrong else "blocked")
