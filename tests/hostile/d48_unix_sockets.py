# expect: status=ok output=blocked
# claim: D48 — no UNIX socket can be made, so none of the host is reached by path or abstract name
import errno
import socket

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


DENIED = (errno.EPERM, errno.EACCES, errno.EAFNOSUPPORT)
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    attempt(f"socket {kind}", lambda: socket.socket(socket.AF_UNIX, kind), DENIED)
for path in (
    "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock",
    "/run/dbus/system_bus_socket", "/run/systemd/notify", "/run/systemd/private", "/dev/log", "/tmp/.X11-unix/X0",
    "\0/tmp/.X11-unix/X0", "\0python-executor", "\0containerd-shim", "\0dbus",
):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):

        def connect():
            with socket.socket(socket.AF_UNIX, kind) as client:
                client.connect(path)

        attempt(f"connect {path!r} {kind}", connect)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
