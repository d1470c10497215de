# timeout: 10000
import subprocess
import sys

try:
    subprocess.run(["no-such-program"])
except FileNotFoundError as error:
    print(error)
try:
    subprocess.run([sys.executable, "-c", "import time; time.sleep(30)"], timeout=0.3)
except subprocess.TimeoutExpired as error:
    print(type(error).__name__, error.cmd[1:])
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
child.terminate()
print(child.wait())
print(subprocess.run("echo $((6 * 7)); exit 4", shell=True, capture_output=True))
print(subprocess.getstatusoutput("echo out; false"))
subprocess.check_call([sys.executable, "-c", "raise SystemExit(9)"])
