# expect: status=ok output=done collect=inside/*,**/*.conf collected=none
# claim: C37 — a folder that is a link is not entered when files are collected
import os

os.symlink("/etc", "inside")
os.symlink("/", "root")
print("done")
