# expect: status=ok output=blocked
# claim: C45 — /proc/self/mem, /proc/sys, /sys and the kernel's devices cannot be opened
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


for path in (
    "/proc/self/mem", "/proc/self/maps", "/proc/self/environ", "/proc/self/oom_score_adj", "/proc/self/uid_map",
    "/proc/self/setgroups", "/proc/self/attr/current", "/proc/self/clear_refs", "/proc/self/pagemap",
    "/proc/thread-self/mem", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/kernel/ns_last_pid",
    "/proc/sys/kernel/modprobe", "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/binfmt_misc/register", "/proc/sysrq-trigger",
    "/proc/kcore", "/proc/kmsg", "/proc/kallsyms", "/proc/keys", "/proc/key-users", "/proc/timer_list", "/proc/sched_debug",
    "/proc/interrupts", "/proc/iomem", "/proc/mounts", "/proc/partitions", "/proc/version", "/proc/cpuinfo", "/proc/cmdline",
    "/sys/kernel/uevent_helper", "/sys/kernel/vmcoreinfo", "/sys/kernel/notes", "/sys/kernel/mm/transparent_hugepage/enabled",
    "/sys/kernel/debug", "/sys/kernel/tracing/trace", "/sys/kernel/security/lockdown", "/sys/firmware/dmi/tables/DMI",
    "/sys/fs/bpf", "/sys/fs/cgroup/cgroup.procs", "/sys/class/net/lo/address", "/sys/power/state", "/sys/module",
    "/dev/kmsg", "/dev/mem", "/dev/port", "/dev/kvm", "/dev/fuse", "/dev/vhost-net", "/dev/vhost-vsock", "/dev/net/tun",
    "/dev/userfaultfd", "/dev/console", "/dev/ptmx", "/dev/pts/ptmx", "/dev/pts/0", "/dev/tty0", "/dev/loop-control", "/dev/loop0",
    "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mapper/control", "/dev/hpet", "/dev/rtc0", "/dev/cpu_dma_latency", "/dev/snapshot",
    "/dev/vsock", "/dev/input/event0", "/dev/dri/card0", "/dev/btrfs-control", "/dev/cuse", "/dev/uinput", "/dev/autofs",
):
    for word, flags in (("read", os.O_RDONLY), ("write", os.O_WRONLY)):
        attempt(f"{word} {path}", lambda: os.close(os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)))
for folder in ("/proc", "/proc/self", "/proc/self/fd", "/proc/self/task", "/proc/sys", "/sys", "/sys/fs/cgroup", "/sys/kernel"):
    try:
        if os.listdir(folder):
            holes.append(f"list {folder}")
    except OSError:
        pass
print("HOLE: " + ", ".join(holes) if holes else "blocked")
