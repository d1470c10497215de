"""What a tests cell does with its job: the tests run against a stand-in, or, when their author asked for it, beside
the learner's code in this very process."""

import sys

from . import suite
from .bridge import RemoteBridge
from .channel import Frames
from .local import LocalBridge


def role(cell, job):
    grade = job["grade"]
    isolated = grade["role"] == "tests"
    task = {
        "tests": grade["tests"],
        "code": job["code"],
        "timeout_ms": grade["timeout_ms"],
        "hide": grade.get("hide", False),
        "integrity": "isolated" if isolated else "in_process",
    }
    if isolated:
        bridge = RemoteBridge(cell.channel.fd, job["code"])
        say = bridge.send
    else:
        say = Frames(cell.channel.fd).send
        bridge = LocalBridge(job["code"], cell.main_path, say)

    def run():
        bridge.install()
        # The finder for the learner's module is no reason to load everything else anew.
        cell.store.meta_path = list(sys.meta_path)
        suite.run(task, bridge, say)

    return run
