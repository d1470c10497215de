# expect: status=ok distinct=true
# claim: F65 — random numbers of children, forked and started, differ between two runs
import os
import random
import subprocess
import sys

reader, writer = os.pipe()
if os.fork() == 0:
    os.write(writer, f"{random.random()}\n{os.urandom(8).hex()}\n".encode())
    os._exit(0)
os.wait()
print(os.read(reader, 1000).decode(), end="")
print(subprocess.run([sys.executable, "-c", "import random; print(random.random())"], capture_output=True, text=True).stdout, end="")
