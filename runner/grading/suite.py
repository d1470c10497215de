"""Runs the tests of a job and says what became of each."""

import builtins
import linecache
import sys
import types

# All of them when the zygote starts: a cell has no time to compile any.
from . import analyse, cases, checks, foresight, namespace, script, show, with_doctest, with_functions, with_pytest, with_unittest
from .clock import Clock, OutOfTime

# What a text that is no test brings about when it is read.
_REFUSED = (SyntaxError, ValueError, TypeError, RecursionError, MemoryError)
_NONE = "the tests contain nothing that checks something"


def run(job, bridge, say):
    """`say` gets the plan, a case for each test, and `done`; see `docs/grading.md`."""
    clock = Clock(job["timeout_ms"])
    loading = None
    try:
        plan = analyse.read(job["tests"], tuple(bridge.names))
        if not plan.is_examples and namespace.loads_first(plan):
            # The program is loaded while its tests are made ready.
            bridge.ask_to_load()
            loading = bridge
        analyse.take_apart(plan)
        bridge.mentioned(plan.nodes)
        if loading is not None and not job.get("hide"):
            # With hidden tests the program learns of a call when it is time for it.
            bridge.foresee(*foresight.calls(plan))
        body = None if plan.is_examples else script.Script(plan, job.get("integrity") != "in_process")
    except _REFUSED as error:
        return refuse(job, error, say, loading)
    say({"plan": [show.cap(name, 300) for name in plan.names] or ["Test 1"]})
    if not plan.names:
        say({"case": {"name": "Test 1", "status": "error", "message": _NONE}, "index": 0})
        await_load(loading)
        say({"done": True})
        return
    plan.learners_path = getattr(bridge, "path", "main.py")
    reporter = cases.Reporter(say, plan, bridge, clock)
    try:
        Suite(plan, bridge, reporter, body, job.get("integrity") == "in_process").run()
    except OutOfTime:
        # It rang between two tests.
        pass
    finally:
        clock.end()
        sys.stdout = reporter.tee.real
    reporter.finish()


def await_load(bridge):
    """A program that has begun (or None) is not cut short: how it ends is part of the answer."""
    try:
        if bridge is not None:
            bridge.load()
    except BaseException:
        # The service knows how it ended.
        pass


def refuse(job, error, say, loading=None):
    """The tests do not compile. By then `loading`, a bridge, may have been asked to load the program."""
    line = getattr(error, "lineno", None)
    case = {"name": "Test 1", "status": "error", "error": show.exception(error)}
    where = " in line %d" % line if line else ""
    case["message"] = "the tests themselves are wrong%s: %s" % (where, show.cap(getattr(error, "msg", None) or str(error)))
    lines = job["tests"].split("\n")
    if line:
        case["line"] = line
        if line <= len(lines):
            case["source"] = show.cap(lines[line - 1].strip(), 300)
    say({"plan": ["Test 1"]})
    say({"case": case, "index": 0})
    await_load(loading)
    say({"done": True})


class Suite:
    def __init__(self, plan, bridge, reporter, body, in_process):
        self.plan = plan
        self.bridge = bridge
        self.reporter = reporter
        self.body = body
        self.in_process = in_process

    def run(self):
        plan, bridge, reporter = self.plan, self.bridge, self.reporter
        bridge.install()
        name = "__main__" if plan.is_main else "tests"
        module = types.ModuleType(name)
        module.__file__ = analyse.PATH
        module.__builtins__ = builtins
        sys.modules["tests"] = module
        linecache.cache[analyse.PATH] = (len(plan.text), None, [line + "\n" for line in plan.lines], analyse.PATH)
        names = namespace.Names(plan, bridge, module, self.in_process)
        module.__dict__[checks.CHECKS] = checks.Checks(names.star)
        namespace.tame(plan, reporter, bridge)
        failure = reporter.run(names.prepare, quiet=True)
        if failure is not None:
            return self.fail_all(failure, names.is_loading)
        names.is_loading = False
        if plan.is_examples:
            with_doctest.run_text(plan, module, reporter)
        else:
            failure = self.body.run(module.__dict__, reporter)
            if failure is not None:
                return self.fail_all(failure, False)
            self.run_tests(module)
        self.load_at_last()

    def run_tests(self, module):
        """The classes and functions that the tests have defined."""
        plan, reporter = self.plan, self.reporter
        units = plan.unit_classes
        if "unittest" in sys.modules:
            units = with_unittest.class_names(plan, module)
        if plan.has_tests() or units:
            if with_pytest.is_wanted(plan, module):
                with_pytest.run(plan, module, reporter, with_pytest.takes_classes(plan))
                if with_pytest.takes_classes(plan):
                    units = []
            else:
                with_functions.run(plan, module, reporter)
        if units:
            with_unittest.run(plan, module, reporter, units)
        if plan.docs:
            with_doctest.run_docs(plan, module, reporter)

    def fail_all(self, case, is_loading):
        """Nothing can be tested: each case that is left fails for this reason."""
        if is_loading:
            case["message"] = loading_sentence(case)
            case.pop("line", None)
            case.pop("source", None)
        case["micros"] = case.get("micros", 0)
        self.reporter.send_again(case, range(len(self.plan.names)))

    def load_at_last(self):
        """The learner's program is run even if no test has asked for it: how it ends is part of the answer."""
        if self.reporter.clock.is_spent():
            return
        case = self.reporter.run(self.bridge.load, quiet=True, name="Your program")
        if case is None:
            return
        if self.reporter.failed:
            return
        case["message"] = loading_sentence(case)
        self.reporter.send(case)


def loading_sentence(case):
    if case.get("error", "").startswith("TimeoutError"):
        return "Your program was still running when its time was up: a loop that never ends is the usual cause"
    if case.get("error"):
        return "Your program stopped with %s before it could be tested" % case["error"]
    return case.get("message") or "Your program could not be tested"
