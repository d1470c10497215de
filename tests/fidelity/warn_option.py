# timeout: 10000
import subprocess
import sys

code = "import warnings; warnings.warn('w'); print(sys.warnoptions if 'sys' in globals() else 'none')"
for option in ("ignore", "error", "default"):
    done = subprocess.run([sys.executable, "-W", option, "-c", code], capture_output=True, text=True)
    print(option, done.returncode, done.stdout, done.stderr.splitlines()[-1:])
