# expect: status=ok output=blocked
# claim: C35 — the environment holds nothing of the service
import os
import subprocess
import sys

allowed = {
    "HOME", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LOGNAME", "TZ", "PWD", "SHELL", "TERM", "SHLVL",
    "_", "OLDPWD", "HOSTNAME",
}
strange = {name for name in os.environ if name not in allowed and not name.startswith("PYTHON")}
child = subprocess.run(
    [sys.executable, "-c", "import os; print('\\n'.join(os.environ))"], capture_output=True, text=True
)
strange |= {name for name in child.stdout.split() if name not in allowed and not name.startswith("PYTHON")}
print("HOLE: " + ", ".join(sorted(strange)) if strange else "blocked")
