# expect: status=ok output=blocked
# claim: E59 — no control group can be entered, made or changed, and no release agent set
import errno
import glob
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


roots = ["/sys/fs/cgroup"] + glob.glob("/sys/fs/cgroup/*/") + ["/cgroup", "/dev/cgroup", "/run/cgroup", "/mnt/cgroup"]
files = (
    "cgroup.procs", "cgroup.threads", "tasks", "release_agent", "notify_on_release", "cgroup.kill", "cgroup.freeze",
    "memory.max", "pids.max", "cpu.max", "cgroup.subtree_control", "devices.allow", "memory.limit_in_bytes",
)


def write(path):
    with open(path, "w") as file:
        file.write("0")


for root in roots:
    for name in files:
        attempt(f"write {root}/{name}", lambda: write(os.path.join(root, name)))
        attempt(f"read {root}/{name}", lambda: open(os.path.join(root, name)).close())
    attempt(f"mkdir {root}", lambda: os.mkdir(os.path.join(root, "escape")))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
