# expect: status=ok output=blocked
# claim: A23 — the hard core limit is 0 and no limit can be raised
import resource

holes = []
if resource.getrlimit(resource.RLIMIT_CORE)[1] != 0:
    holes.append("core")
for name in ("CORE", "NOFILE", "NPROC", "FSIZE", "DATA", "AS", "MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO"):
    number = getattr(resource, "RLIMIT_" + name)
    hard = resource.getrlimit(number)[1]
    if hard == resource.RLIM_INFINITY:
        holes.append(f"{name} has no limit")
        continue
    try:
        resource.setrlimit(number, (hard + 1, hard + 1))
    except (OSError, ValueError):
        pass
    else:
        holes.append(f"{name} raised")
print("HOLE: " + ", ".join(holes) if holes else "blocked")
