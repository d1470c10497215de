# expect: status=ok output=blocked
# claim: C46 — chroot, and with it the way out by a kept descriptor, is refused
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


os.makedirs("jail", exist_ok=True)
kept = os.open(".", os.O_RDONLY)
attempt("chroot", lambda: os.chroot("jail"))
attempt("chroot /", lambda: os.chroot("/"))
for _ in range(64):
    os.chdir("..")
for path in ("etc/shadow", "root/.bashrc", "proc/1/environ"):
    attempt("read " + path, lambda: open(path, "rb").close())
os.fchdir(kept)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
