# expect: status=ok output=blocked
# claim: C34 — no file of the service, its keys or a socket can be found by walking the tree
import os
import stat
import sys
import time

start = time.monotonic()
holes = []
names = {
    "python-executor", "portal", "Cargo.toml", ".env", "id_rsa", "id_ed25519", ".git", ".aws", ".kube", ".netrc",
    "docker.sock", "containerd.sock", "credentials.json", "database.sqlite", "secrets.toml", "authorized_keys",
}
own = os.path.realpath(".")
for folder, folders, files in os.walk("/"):
    if time.monotonic() - start > 2:
        break
    if folder in ("/usr/lib", "/usr/share", "/proc", sys.base_prefix, sys.prefix) or folder.startswith(own):
        folders.clear()
        continue
    for name in folders + files:
        path = os.path.join(folder, name)
        if name in names:
            holes.append(path)
        else:
            try:
                mode = os.lstat(path).st_mode
            except OSError:
                continue
            if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
                holes.append(path)
print("HOLE: " + ", ".join(holes[:20]) if holes else "blocked")
