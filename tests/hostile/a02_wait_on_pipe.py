# expect: status=timeout limits.timeoutMs=1000
# claim: A2 — reading from a pipe that nobody writes ends at the time limit
import os

reader, writer = os.pipe()
os.read(reader, 1)
