# expect: status=ok output=done collect=*.txt collected=a.txt|none
# claim: C37 — a file that turns into a link at the very end is not followed
import os

with open("a.txt", "w") as file:
    file.write("a")
if os.fork() == 0:
    while True:
        try:
            os.symlink("/etc/passwd", "link")
            os.rename("link", "a.txt")
            with open("plain", "w") as file:
                file.write("a")
            os.rename("plain", "a.txt")
        except OSError:
            pass
print("done")
