# expect: status=ok|memory_limit output=blocked
# expect[landlock]: status=ok|killed|memory_limit|timeout output=blocked
# claim: A8 — the number of symbolic and hard links is bounded
import os
import time

count = 0
open("origin", "x").close()
for make in (lambda n: os.symlink("origin", f"s{n}"), lambda n: os.link("origin", f"h{n}")):
    try:
        while count < 60000:
            make(count)
            count += 1
    except OSError:
        pass
if count >= 60000:
    time.sleep(1)  # to be seen, where it is looked at
print(f"HOLE: {count} links" if count >= 60000 else "blocked")
