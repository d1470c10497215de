# timeout: 10000
import subprocess
import sys

done = subprocess.run([sys.executable, "-c", "print('child'); raise SystemExit(3)"], capture_output=True, text=True)
print(done.returncode, repr(done.stdout), repr(done.stderr))
print(subprocess.check_output([sys.executable, "-c", "print(input()[::-1])"], input=b"abc"))
try:
    subprocess.run([sys.executable, "-c", "import sys; sys.exit('bad')"], check=True, capture_output=True, text=True)
except subprocess.CalledProcessError as error:
    print(error.returncode, repr(error.stderr))
subprocess.run([sys.executable, "-c", "1/0"])
