#!/usr/bin/env python3
"""Makes seccomp.json from an engine's default profile: the same, with the calls that build namespaces.

    deploy/security/make-seccomp.py /usr/share/containers/seccomp.json > deploy/security/seccomp.json

The service enters its runs' own, much narrower filter on top of it; see docs/sandbox.md. Podman's default has these calls
already, Docker's has not: with --without they are left out, as Docker's default leaves them out, for the tests.
"""

import json
import sys

ADDED = [
    "clone",  # a process in namespaces of its own, as an ordinary user
    "clone3",  # the same, started in its cgroup
    "mount",  # the run's tmpfs and the read-only tree
    "pivot_root",  # makes the tree the root
    "sethostname",  # the host's name is not the programs' business
    "umount2",  # what was the root before
    "unshare",  # the namespaces around all runs
]


# CLONE_NEW…, all of them.
NAMESPACES = 0x7E020000


def main():
    is_without = sys.argv[1] == "--without"
    with open(sys.argv[-1], encoding="utf-8") as file:
        profile = json.load(file)
    rules = []
    for rule in profile["syscalls"]:
        # Other rules on these names go: a masked clone, a clone3 that answers ENOSYS.
        names = [name for name in rule["names"] if name not in ADDED]
        if names:
            rules.append({**rule, "names": names})
    if is_without:
        no_namespace = {"index": 0, "value": NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}
        rules.append({"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [no_namespace]})
        rules.append({"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "args": []})
    else:
        rules.append({"names": ADDED, "action": "SCMP_ACT_ALLOW", "args": [], "comment": "sandboxes of python-executor"})
    profile["syscalls"] = rules
    json.dump(profile, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
