# expect: status=ok output=blocked
# claim: C42 — the standard library, site-packages, __pycache__, usercustomize.py and .pth files cannot be written
import errno
import os
import site
import sys
import sysconfig

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


inside = os.path.realpath(".")
home = os.path.realpath(os.path.expanduser("~"))
folders = {os.path.dirname(os.__file__), os.path.join(os.path.dirname(os.__file__), "__pycache__"), "/usr/lib", "/usr/bin", "/"}
folders |= {path for path in sysconfig.get_paths().values()} | {path for path in sys.path if path}
folders |= {os.path.dirname(sys.executable), os.path.dirname(os.path.realpath(sys.executable)), sys.prefix, sys.base_prefix}
folders |= set(site.getsitepackages())


def write(path):
    with open(path, "w") as file:
        file.write("print('POISON')\n")


for folder in sorted(folders):
    real = os.path.realpath(folder)
    if real == inside or real.startswith((inside + "/", home + "/")):
        continue
    for name in ("usercustomize.py", "sitecustomize.py", "poison.pth", "os.py", "json.py"):
        attempt(f"write {folder}/{name}", lambda: write(os.path.join(folder, name)))
    attempt(f"rename {folder}", lambda: os.rename(folder, folder + ".old"))
    attempt(f"mkdir in {folder}", lambda: os.mkdir(os.path.join(folder, "poison")))
    attempt(f"symlink in {folder}", lambda: os.symlink("/tmp", os.path.join(folder, "poison.py")))
    attempt(f"chmod {folder}", lambda: os.chmod(folder, 0o777))
for path in (os.__file__, sys.executable, os.path.realpath(sys.executable), "/etc/passwd", "/etc/ld.so.preload", "/etc/ld.so.cache"):
    attempt(f"append to {path}", lambda: open(path, "a").close() or open(path, "r+b").close())
    attempt(f"truncate {path}", lambda: os.truncate(path, os.stat(path).st_size))
    attempt(f"unlink {path}", lambda: os.unlink(path))
    attempt(f"utime {path}", lambda: os.utime(path))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
