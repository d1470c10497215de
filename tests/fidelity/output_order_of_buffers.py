import os
import sys

print("first in the buffer")
os.write(1, b"overtakes\n")
print("second")
sys.stdout.buffer.write(b"below the text layer\n")
print("third")
