# expect: status=ok
# claim: C42 — whatever start-up file a run leaves in a folder that it can write, the next run does not load it
import os
import site
import sys

text = "import sys\nsys.stdout.write('POISON\\n')\nsys.poisoned = True\n"
user = site.getusersitepackages()
places = [user, os.getcwd(), os.path.expanduser("~"), "/tmp", "/dev/shm", os.path.dirname(os.__file__), *sys.path]
for place in places:
    for name in ("usercustomize.py", "sitecustomize.py", "poison.pth", "json.py", "random.py", "starter.py", "conftest.py", "main.py"):
        try:
            os.makedirs(place, exist_ok=True)
            with open(os.path.join(place, name), "w") as file:
                file.write("import sys; sys.poisoned = True" if name.endswith(".pth") else text)
            print("left", place, name)
        except OSError:
            pass
