# timeout: 10000
import os
import subprocess
import sys

code = "import os; print(os.environ.get('GREETING'), 'PATH' in os.environ)"
print(subprocess.run([sys.executable, "-c", code], env={"GREETING": "hello"}, capture_output=True, text=True).stdout)
os.environ["GREETING"] = "from the parent"
print(subprocess.run([sys.executable, "-c", code.split(",")[0] + ")"], capture_output=True, text=True).stdout)
os.mkdir("inner")
print(subprocess.run([sys.executable, "-c", "import os; print(os.path.basename(os.getcwd()), os.listdir('.'))"], cwd="inner", capture_output=True, text=True).stdout)
