# expect: status=ok output=clean lacks=POISON
# claim: C42 — whatever start-up file a run leaves in a folder that it can write, the next run does not load it
import os
import subprocess
import sys

import json
import random

child = subprocess.run([sys.executable, "-c", "import json, random, sys; print(hasattr(sys, 'poisoned'))"], capture_output=True, text=True)
problems = []
if hasattr(sys, "poisoned"):
    problems.append("loaded")
if child.stdout.strip() != "False":
    problems.append(f"loaded by a child: {child.stdout!r} {child.stderr!r}")
if not (hasattr(json, "dumps") and hasattr(random, "random")):
    problems.append("shadowed")
if os.listdir(".") != ["main.py"]:
    problems.append(f"left over: {os.listdir('.')}")
print("HOLE: " + ", ".join(problems) if problems else "clean")
