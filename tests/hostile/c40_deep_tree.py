# expect: status=ok|killed output=done collect=** collected=any limits.timeoutMs=9000
# claim: C40 — a tree as deep as it goes is cleaned up, and does not trip what collects
import os

depth = 0
try:
    while depth < 10000:
        os.mkdir("d")
        os.chdir("d")
        depth += 1
except OSError as error:
    print("stopped at", depth, error.errno)
try:
    with open("bottom", "w") as file:
        file.write("bottom")
except OSError:
    pass
print("done")
