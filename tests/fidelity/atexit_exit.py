import atexit
import sys

atexit.register(print, "runs after")
atexit.register(sys.exit, 7)
print("main ends")
