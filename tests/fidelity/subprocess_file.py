# timeout: 10000
import subprocess
import sys

with open("helper.py", "w") as file:
    file.write("import sys\nprint(__name__, sys.argv, sys.path[0] == '', __file__)\nvalue = 1\n")
print(subprocess.run([sys.executable, "helper.py", "a b"], capture_output=True, text=True).stdout.rstrip())
import helper

print(helper.value, helper.__name__)
print(subprocess.run([sys.executable, "-m", "helper"], capture_output=True, text=True).returncode)
