import os
import sys

print("kept")
sys.stdout.flush()
print("lost", end="")
os._exit(0)
