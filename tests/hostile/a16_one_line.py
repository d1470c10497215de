# expect: status=output_limit truncated=true
# claim: A16 — one line of 1 GB without a newline is cut at the limit
import sys

piece = "x" * 2**20
for _ in range(1024):
    sys.stdout.write(piece)
print("HOLE: 1 GB in a line")
