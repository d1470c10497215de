import os
import sys

print("in the buffer of both")
if os.fork() == 0:
    sys.exit(0)
os.wait()
print("parent")
