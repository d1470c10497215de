# stdin: é☃\nx\n
import os
import sys

print(sys.stdin.buffer.readline())
print(repr(sys.stdin.read()))
print(os.read(0, 10))
