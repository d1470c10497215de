# expect: status=output_limit truncated=true
# claim: A15 — a flood of standard error is cut at the same limit
import sys

while True:
    sys.stderr.write("an error\n" * 4096)
