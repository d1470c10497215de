# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit|timeout output=blocked
# claim: A8 — the number of files is bounded
import time

count = 0
try:
    while count < 60000:
        open(f"f{count}", "x").close()
        count += 1
except OSError:
    pass
if count >= 60000:
    time.sleep(1)  # to be seen, where it is looked at
print(f"HOLE: {count} files" if count >= 60000 else "blocked")
