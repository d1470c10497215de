import os
import sys

print("replaced by", flush=True)
os.execv(sys.executable, [sys.executable, "-c", "print('another program'); raise SystemExit(8)"])
