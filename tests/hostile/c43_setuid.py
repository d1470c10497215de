# expect: status=ok output=blocked
# claim: C43 — a setuid file, made and run, gives nothing
import errno
import os
import shutil
import subprocess
import sys

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


start = os.getresuid()
try:
    shutil.copyfile(os.path.realpath(sys.executable), "tool")
    for mode in (0o4755, 0o6755, 0o755):
        try:
            os.chmod("tool", mode)
        except OSError:
            pass
    for program in ("./tool", "/usr/bin/su", "/usr/bin/sudo", "/usr/bin/passwd", "/usr/bin/newgrp", "/usr/bin/mount"):
        try:
            done = subprocess.run(
                [program, "-S", "-c", "import os; print(os.getresuid(), os.getresgid())"],
                capture_output=True, text=True, timeout=1, stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if program == "./tool" and done.stdout.strip() and not done.stdout.startswith(str(start)):
            holes.append(f"{program}: {done.stdout.strip()}")
        if program != "./tool" and done.returncode == 0:
            holes.append(f"{program} ran")
except OSError:
    pass


def give_away(uid):
    open("gift", "w").close()
    os.chown("gift", uid, uid)


attempt("chown to root", lambda: give_away(0))
attempt("chown to another", lambda: give_away(os.getuid() + 1))
attempt("capabilities of a file", lambda: os.setxattr("gift", "security.capability", b"\x01\x00\x00\x02" + b"\xff\xff\xff\xff" * 4))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
