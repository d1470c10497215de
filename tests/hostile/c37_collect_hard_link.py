# expect: status=ok output=done collect=*.txt collected=good.txt|none
# claim: C37 — a hard link to a file outside the run cannot be made, so it is not collected
import os
import sys

with open("good.txt", "w") as file:
    file.write("good")
for number, path in enumerate(("/etc/passwd", "/etc/shadow", os.__file__, sys.executable)):
    try:
        os.link(path, f"hard{number}.txt")
    except OSError:
        pass
print("done")
