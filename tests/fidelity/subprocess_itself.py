# timeout: 10000
import subprocess
import sys

if len(sys.argv) > 1:
    print("child", sys.argv[1:])
    sys.exit(int(sys.argv[1]))
print("parent", flush=True)
print(subprocess.call([sys.executable, __file__, "6"]))
print(subprocess.call([sys.executable, "main.py", "7"]))
