# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit output=blocked
# claim: A7 — files that are deleted while open still count
import tempfile
import time

total = 0
files = []
try:
    while total <= 64 * 2**20:
        file = tempfile.TemporaryFile(dir=".", buffering=0)
        files.append(file)
        total += file.write(b"x" * 2**20)
except OSError:
    pass
if total > 64 * 2**20:
    time.sleep(1)  # to be seen, where it is looked at
print(f"HOLE: {total >> 20} MiB" if total > 64 * 2**20 else "blocked")
