# expect: status=ok output=clean
# claim: F67 — a run that crashes hard while others start leaves a pool that heals
import subprocess
import sys

assert subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True).stdout == b"1\n"
print("clean")
