# stdin: for the child\n
import subprocess
import sys

subprocess.run([sys.executable, "-c", "print('child got', repr(input()))"])
