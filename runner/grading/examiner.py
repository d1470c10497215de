"""What a tests cell does with its job: the tests run against a stand-in, or, when their author asked for it, beside
the learner's code in this very process."""

import io
import linecache
import signal
import sys

from . import suite, wire
from .bridge import RemoteBridge
from .channel import Frames
from .local import LocalBridge


def ready(cell):
    """What can be made before there is a job."""
    cell.ready = RemoteBridge(cell.channel.fd)


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
        bridge = cell.ready or RemoteBridge(cell.channel.fd)
        bridge.begin_job(job["code"])
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


# Small on purpose, like the program's throw-away run: what every cell pays. One call is foreseen and one is not, and that
# assert fails, so that the words for a failed one are found warm, too.
_TESTS = "from starter import f\nassert f(1) == 1\nx = [2]\nassert f(x, y='a') == 2\n"
_LOADED = ["l", ["l", "f"], ["d", "f", ["fn", 1, {"name": "f", "qualname": "f", "module": "starter", "doc": None}]], ""]


class _Canned:
    """Answers as a program would, without one."""

    def __init__(self):
        self.replies = []

    def send(self, item):
        wire.parse(wire.frame(item)[4:])
        if type(item) is not list:
            return
        if item[0] == "calls":
            self.replies += [["and", item[2], None, [], {}], ["ret", item[2] + 1, 1, [], {}]]
        else:
            self.replies.append(["ret", item[1], _LOADED if item[0] == "load" else 1, [], {}])

    def next_begins(self, text):
        return True

    def receive(self, wait):
        return wire.parse(wire.frame(self.replies.pop(0))[4:])


def rehearse(cell):
    """A throw-away run of tests while the cell waits; leaves no trace."""
    modules, meta_path, stdout = dict(sys.modules), list(sys.meta_path), sys.stdout
    handler = signal.getsignal(signal.SIGALRM)
    try:
        sys.stdout = io.StringIO()
        # Any descriptor will do: nothing is read from it.
        bridge = RemoteBridge(0)
        bridge.frames = _Canned()
        job = {"tests": _TESTS, "code": "def f(x): return 1", "timeout_ms": 1000, "integrity": "isolated"}
        suite.run(job, bridge, bridge.send)
    finally:
        sys.stdout = stdout
        sys.meta_path[:] = meta_path
        for name in [name for name in sys.modules if name not in modules]:
            del sys.modules[name]
        sys.modules.update(modules)
        linecache.clearcache()
        signal.signal(signal.SIGALRM, handler)
