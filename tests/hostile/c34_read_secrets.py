# expect: status=ok output=blocked
# claim: C34 — the host's files cannot be read: shadow, root's home, machine files, logs
import errno
import os
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


def parts_of_python(folder):
    """What may be seen in a folder because the interpreter lives beneath it."""
    seen = set()
    for prefix in {sys.base_prefix, sys.prefix, os.path.realpath(sys.executable), os.getcwd()}:
        if prefix.startswith(folder.rstrip("/") + "/"):
            seen.add(prefix[len(folder.rstrip("/")) + 1:].split("/")[0])
    return seen


def read(path):
    with open(path, "rb") as file:
        file.read(64)


for path in (
    "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/sudoers", "/etc/hostname", "/etc/machine-id",
    "/etc/ssh/sshd_config", "/etc/ssh/ssh_host_ed25519_key", "/etc/fstab", "/etc/crontab", "/etc/environment",
    "/root/.bashrc", "/root/.profile", "/root/.bash_history", "/root/.ssh/id_rsa", "/root/.ssh/authorized_keys",
    "/root/.netrc", "/root/.aws/credentials", "/root/.docker/config.json", "/root/.kube/config",
    "/var/log/syslog", "/var/log/messages", "/var/log/dpkg.log", "/var/lib/dpkg/status", "/var/log/auth.log",
    "/run/secrets/kubernetes.io/serviceaccount/token", "/var/run/secrets/kubernetes.io/serviceaccount/token",
    "/run/utmp", "/.dockerenv", "/boot/vmlinuz", "/lost+found/x", "/core", "/swapfile",
    "/etc/python-executor.toml", "/etc/python-executor/config.toml", "/etc/default/python-executor",
):
    attempt("read " + path, lambda: read(path))
for folder in ("/root", "/home", "/var", "/srv", "/mnt", "/media", "/opt", "/boot", "/run", "/sys", "/work", "/data", "/app"):
    try:
        strange = set(os.listdir(folder)) - parts_of_python(folder)
    except OSError:
        continue
    if strange:
        holes.append(f"list {folder}: {sorted(strange)[:5]}")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
