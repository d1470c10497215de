# expect: status=ok output=blocked
# claim: F66 — load, statistics, memory and processes of the host are not seen
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


for name in (
    "loadavg", "stat", "meminfo", "uptime", "vmstat", "diskstats", "net/dev", "net/tcp", "net/unix", "net/arp", "net/route",
    "sys/kernel/random/boot_id", "sys/kernel/hostname", "locks", "devices", "modules", "self/mountinfo", "self/cgroup", "self/status",
    "pressure/cpu", "pressure/memory", "schedstat", "softirqs", "zoneinfo", "buddyinfo", "slabinfo", "swaps", "filesystems",
):
    attempt(f"/proc/{name}", lambda: read(f"/proc/{name}"))
for path in (
    "/sys/class/net/eth0/address", "/sys/class/dmi/id/product_uuid", "/sys/class/dmi/id/sys_vendor", "/etc/machine-id",
    "/etc/hostname", "/var/lib/dbus/machine-id", "/sys/devices/system/cpu/online", "/run/utmp", "/var/log/wtmp", "/var/run/utmp",
):
    attempt(path, lambda: read(path))
attempt("load average", lambda: os.getloadavg())
try:
    if [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]:
        holes.append("processes listed")
except OSError:
    pass
print("HOLE: " + ", ".join(holes) if holes else "blocked")
