# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit|timeout output=blocked
# claim: A8 — the number of folders is bounded
import os

count = 0
try:
    while count < 60000:
        os.mkdir(f"d{count}")
        count += 1
except OSError:
    pass
print(f"HOLE: {count} folders" if count >= 60000 else "blocked")
