# expect: status=ok
# claim: F64 — a marker left in any folder that can be written is gone in the next run
import os

for folder in (".", "..", "/", "/tmp", "/dev/shm", "/dev", "/var/tmp", "/run", "/run/lock", os.path.expanduser("~"), "/home", "/home/learner"):
    for name in ("f64-marker", ".f64-marker"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write("marker")
            os.mkdir(os.path.join(folder, name + "-folder"))
        except OSError:
            pass
for folder in (".", "..", "/tmp", "/dev/shm"):
    try:
        os.setxattr(folder, "user.f64", b"marker")
    except OSError:
        pass
    try:
        os.utime(folder, (1, 1))
    except OSError:
        pass
