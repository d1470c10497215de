"""What is said about one test: its case, made from how it ended and what it printed."""

import sys
import traceback
from time import perf_counter_ns

from . import explain, show
from .clock import OutOfTime

_OUTPUT_MAX = 8192
_SENTENCES = {
    KeyboardInterrupt: "it was interrupted by a KeyboardInterrupt",
    RecursionError: "it called itself too often: a function that calls itself needs a case where it stops",
}


class Tee:
    """Standard output while tests run: passed on, and kept for the case that is under way."""

    def __init__(self, real):
        self.real = real
        self.begin()

    def begin(self):
        self.kept = []
        self.room = _OUTPUT_MAX

    def text(self):
        return show.cap("".join(self.kept), _OUTPUT_MAX + 100)

    def write(self, text):
        count = self.real.write(text)
        if self.room > 0:
            self.kept.append(text[: self.room])
            self.room -= len(text)
            if self.room <= 0:
                self.kept.append("...")
        return count

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def __getattr__(self, name):
        return getattr(self.real, name)

    def __iter__(self):
        return iter(self.real)


class Reporter:
    """Says the cases, each planned one once."""

    def __init__(self, say, plan, bridge, clock):
        self.say = say
        self.plan = plan
        self.bridge = bridge
        self.clock = clock
        self.said = set()
        self.extras = 0
        self.failed = False
        # What made the present test a failed one, whatever becomes of it.
        self.trouble = None
        self.is_open = True
        self.tee = sys.stdout = Tee(sys.stdout)

    def left(self):
        return len(self.plan.names) - len(self.said)

    def run(self, function, index=None, name=None, quiet=False):
        """Runs one test, or a part of the script (`quiet`: no case unless it fails). True if all went well."""
        self.begin()
        error = None
        try:
            try:
                function()
            finally:
                self.clock.is_running = False
        except BaseException as caught:
            error = caught
        case = self.end(error)
        if quiet and case["status"] == "passed":
            return None
        case["name"] = name or case["name"]
        if not quiet:
            self.send(case, index)
        return case

    def begin(self, others=None):
        self.trouble = None
        self.tee.begin()
        self.bridge.begin()
        self.started = perf_counter_ns()
        self.clock.begin(self.left() - 1 if others is None else others)

    def end(self, error):
        """The case of the test that has just ended."""
        self.clock.end()
        micros = (perf_counter_ns() - self.started) // 1000
        trouble = self.bridge.end() or self.trouble
        case = self.describe(error)
        if self.clock.is_late:
            case.update(status="failed", message=self.clock.verdict(), error="TimeoutError: " + self.clock.verdict())
        elif trouble and case["status"] != "failed":
            case.update(status="failed", message=show.cap(trouble))
        case["micros"] = micros
        text = self.tee.text()
        if text:
            case["output"] = text
        return case

    def describe(self, error):
        """A case without a name, from the exception that ended a test, or None."""
        case = {"name": "", "status": "passed"}
        if error is None:
            return case
        return describe(error, case, self.plan, self.bridge)

    def send(self, case, index=None):
        if not self.is_open:
            return
        if index is not None and index in self.said:
            index = None
        if index is not None:
            self.said.add(index)
            case["name"] = case["name"] or self.plan.names[index]
        if case["status"] not in ("passed", "skipped"):
            self.failed = True
        word = {"case": {key: value for key, value in case.items() if value is not None}}
        case["name"] = show.cap(case["name"] or "Test", 300)
        word["case"]["name"] = case["name"]
        if index is not None:
            word["index"] = index
        self.say(word)

    def send_again(self, case, indexes):
        """One failure that several planned tests share."""
        for index in indexes:
            if index not in self.said:
                self.send(dict(case, name=self.plan.names[index]), index)

    def finish(self):
        for index, name in enumerate(self.plan.names):
            if index not in self.said:
                late = self.clock.is_spent()
                why = "no time was left for it" if late else "it did not run"
                self.send({"name": name, "status": "not_run", "message": why}, index)
        self.is_open = False
        for stream in (self.tee.real, sys.stderr):
            try:
                # After the last word nobody waits for this process.
                stream.flush()
            except Exception:
                pass
        self.say({"done": True})


def describe(error, case, plan, bridge):
    frames = own_frames(error, plan)
    if frames:
        case["line"] = frames[-1][1]
        case["source"] = show.cap(plan.source(frames[-1][1]).strip(), 300)
    if is_skip(error) and not from_learner(error, plan):
        case.update(status="skipped", message=show.cap(str(error)))
        return case
    case["error"] = show.exception(error)
    case["status"] = "failed" if isinstance(error, (AssertionError, OutOfTime)) or is_failed(error) else "error"
    if isinstance(error, SystemExit):
        case["message"] = "your program called exit(): %s" % case["error"]
        if not from_learner(error, plan):
            case["message"] = "it ended early: %s" % case["error"]
        return case
    try:
        explain.explain(error, case, plan, frames)
    except Exception:
        # Whatever a value did when it was looked at: what is known is said.
        case.setdefault("message", case["error"])
    if "message" not in case:
        case["message"] = sentence(error, case)
    return case


def is_skip(error):
    kinds = [getattr(sys.modules.get("unittest"), "SkipTest", None)]
    kinds.append(getattr(sys.modules.get("_pytest.outcomes"), "Skipped", None))
    return any(kind is not None and isinstance(error, kind) for kind in kinds)


def is_failed(error):
    """`pytest.fail` and what `pytest.raises` says."""
    kind = getattr(sys.modules.get("_pytest.outcomes"), "Failed", None)
    return kind is not None and isinstance(error, kind)


def own_frames(error, plan):
    """(function name, line, frame) of the tests' own frames, outermost first."""
    if isinstance(error, SyntaxError) and error.filename == plan.path:
        return [("<module>", error.lineno or 1, None)]
    return [
        (frame.f_code.co_name, line, frame)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == plan.path
    ]


def from_learner(error, plan):
    """Whether the exception came out of the learner's code: it was called by the tests, and raised this."""
    if error is None:
        return False
    is_inside = False
    for frame, _ in traceback.walk_tb(error.__traceback__):
        path = frame.f_code.co_filename
        if path == plan.path:
            is_inside = False
        elif path == plan.learners_path or (path.startswith("<runner/grading/") and not path.endswith("/checks.py>")):
            is_inside = True
        elif path.startswith("<frozen importlib"):
            continue
    frames = own_frames(error, plan)
    return is_inside and bool(frames) or is_inside and plan.learners_path in paths(error)


def paths(error):
    return {frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)}


def sentence(error, case):
    for kind, text in _SENTENCES.items():
        if type(error) is kind:
            return text
    if case.get("source"):
        return "%s stopped with %s" % (show.quoted(case["source"]), case["error"])
    return "it stopped with %s" % case["error"]
