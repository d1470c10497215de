# expect: status=ok output=done
# claim: C38 — folders swapped for links while they are cleaned: the cleaner stays beneath
import os

for number in range(200):
    try:
        os.makedirs(f"deep{number}/a/b/c")
    except OSError:
        break
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        while True:
            for number in range(200):
                try:
                    os.rename(f"deep{number}", "aside")
                    os.symlink("/usr/lib", f"deep{number}")
                    os.unlink(f"deep{number}")
                    os.rename("aside", f"deep{number}")
                except OSError:
                    pass
print("done")
