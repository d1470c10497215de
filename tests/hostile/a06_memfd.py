# expect: status=ok|memory_limit output=blocked
# claim: A6 — memfd_create is refused, or what it holds is counted as memory
import os

CEILING = 600 * 2**20
block = b"x" * 2**20
total = 0
files = []
try:
    while total < CEILING:
        files.append(os.memfd_create("hoard"))
        try:
            while total < CEILING:
                total += os.write(files[-1], block)
        except OSError:
            if os.fstat(files[-1]).st_size == 0:
                break
except OSError:
    pass
print(f"HOLE: {total >> 20} MiB in memfd" if total >= CEILING else "blocked")
