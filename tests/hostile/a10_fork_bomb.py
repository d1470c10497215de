# expect: status=error|timeout|killed|memory_limit|output_limit limits.timeoutMs=1000
# claim: A10 — the classic bomb is held by the process limit and swept away
import os

while True:
    os.fork()
