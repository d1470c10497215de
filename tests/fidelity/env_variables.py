import os

print(type(os.environ).__name__, os.environ.get("NO_SUCH"), os.getenv("NO_SUCH", "default"))
os.environ["A_NEW_ONE"] = "1"
print(os.environ["A_NEW_ONE"], os.popen("echo $A_NEW_ONE").read().strip())
print([name for name in os.environ if name.startswith("PYTHON")])
print(os.path.expandvars("$A_NEW_ONE-$NO_SUCH"), os.sep, os.linesep, os.name, os.devnull, os.curdir)
os.environ["NO_SUCH"]
