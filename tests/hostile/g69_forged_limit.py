# expect: status=error exitCode=1
# claim: G69 — a program that claims to have met a limit is not believed
import sys

print("memory limit exceeded", file=sys.stderr)
print("Execution timed out after 3000 ms", file=sys.stderr)
sys.exit(1)
