# expect: status=ok output=blocked
# claim: C34 — nothing of another process can be read through /proc
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


def read(path):
    with open(path, "rb") as file:
        file.read(64)


parent = os.getppid()
names = ("mem", "maps", "cmdline", "environ", "status", "stat", "syscall", "stack", "auxv", "io", "limits", "mountinfo")
for pid in sorted({1, parent} | set(range(max(2, parent - 10), parent)) | set(range(2, 40)) - {os.getpid()}):
    if pid == os.getpid():
        continue
    for name in names:
        attempt(f"/proc/{pid}/{name}", lambda: read(f"/proc/{pid}/{name}"))
    for name in ("fd", "fdinfo", "root", "cwd", "task", "ns", "map_files"):
        attempt(f"/proc/{pid}/{name}", lambda: os.listdir(f"/proc/{pid}/{name}"))
    for name in ("exe", "root", "cwd", "ns/user"):
        attempt(f"/proc/{pid}/{name}", lambda: os.readlink(f"/proc/{pid}/{name}"))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
