# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit output=blocked
# claim: A7 — one file grows to the file limit and no further
import errno
import time

total = 0
wrong = ""
try:
    with open("big", "wb", buffering=0) as file:
        while total <= 64 * 2**20:
            total += file.write(b"x" * 2**20)
except OSError as error:
    if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        wrong = f"HOLE: errno {error.errno}"
if total > 64 * 2**20:
    time.sleep(1)  # to be seen, where it is looked at
print(wrong or (f"HOLE: {total >> 20} MiB" if total > 64 * 2**20 else "blocked"))
