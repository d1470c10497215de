# expect: status=ok output=clean
# claim: F64 — a marker left in any folder that can be written is gone in the next run
import os

found = []
for folder in (".", "..", "/", "/tmp", "/dev/shm", "/dev", "/var/tmp", "/run", "/run/lock", os.path.expanduser("~"), "/home", "/home/learner"):
    for name in ("f64-marker", ".f64-marker", "f64-marker-folder", ".f64-marker-folder"):
        if os.path.lexists(os.path.join(folder, name)):
            found.append(os.path.join(folder, name))
for folder in (".", "..", "/tmp", "/dev/shm"):
    try:
        if "user.f64" in os.listxattr(folder):
            found.append(f"attribute of {folder}")
    except OSError:
        pass
if os.listdir(".") != ["main.py"]:
    found.append(str(os.listdir(".")))
print("HOLE: " + ", ".join(found) if found else "clean")
