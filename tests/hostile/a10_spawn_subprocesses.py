# expect: status=ok|error|timeout|memory_limit|killed limits.timeoutMs=2000
# claim: A10 — interpreters started for ever are held by the process limit
import subprocess
import sys

children = []
try:
    while len(children) < 300:
        children.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
except OSError:
    print("stopped at", len(children))
