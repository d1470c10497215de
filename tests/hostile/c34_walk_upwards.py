# expect: status=ok output=blocked
# claim: C34 — from the working directory no way leads up to another run or to the host
import errno
import os

holes = []


def attempt(name, action, want=None):
    """What succeeds is a hole; so is an errno other than those wanted."""
    try:
        action()
    except OSError as error:
        if want and error.errno not in want:
            holes.append(f"{name} (wrong errno {errno.errorcode.get(error.errno, error.errno)})")
    else:
        holes.append(name)


here = os.getcwd()
while here != "/":
    own = os.path.basename(here)
    here = os.path.dirname(here)
    try:
        beside = set(os.listdir(here)) - {own, "tmp", "shm", "work"}
    except OSError:
        continue
    if here != "/" and beside:
        holes.append(f"{here} shows {sorted(beside)[:5]}")
for path in ("../../../../../etc/shadow", "../../../root/.bashrc", "./../../var/log/syslog"):
    attempt(path, lambda: open(path, "rb").close())
print("HOLE: " + ", ".join(holes) if holes else "blocked")
