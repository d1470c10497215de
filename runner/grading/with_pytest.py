"""Runs the tests that need pytest, in this process, by pytest itself: its fixtures, marks and parameters."""

import ast
import inspect
import os
import sys
import types

from . import analyse, pytest_guard, show

NEEDED = (
    "These tests need pytest, which this runtime does not have: choose a runtime with pytest (GET /runtimes), "
    "or ask the operator to install it"
)
_EMPTY = "no cases were made: the list of values is empty"
# Costs time, or would look at files and variables that are not the tests'.
_LEFT_OUT = (
    "cacheprovider",
    "junitxml",
    "pastebin",
    "faulthandler",
    "stepwise",
    "setuponly",
    "setupplan",
    "doctest",
    "unraisableexception",
    "threadexception",
    "warnings",
    "terminal",
)
_MARKS = ("skip", "skipif", "xfail", "parametrize", "usefixtures", "filterwarnings")


def provide():
    """The module `pytest`: the real one, or one that says that there is none."""
    try:
        import pytest
    except ImportError:
        pytest = sys.modules["pytest"] = Missing("pytest")
    return pytest


class Missing(types.ModuleType):
    """Stands for pytest in a runtime without it."""

    def __init__(self, name):
        super().__init__(name)
        self.mark = Marks()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError(NEEDED)


class Marks:
    def __getattr__(self, name):
        def mark(*args, **kwargs):
            if len(args) == 1 and callable(args[0]) and not kwargs:
                return self.put(name, args[0])
            return lambda function: self.put(name, function)

        return mark

    @staticmethod
    def put(name, function):
        if name in _MARKS:
            function.__needs_pytest__ = True
        return function


class Stopped(Exception):
    """Carries an exception that would end pytest's run."""


def is_there():
    return not isinstance(provide(), Missing)


def is_wanted(plan, module):
    if not plan.functions and not plan.classes and not takes_classes(plan):
        return False
    if not plan.use.imports("pytest") and not has_parameters(plan):
        return False
    return is_there()


def has_parameters(plan):
    for name in plan.functions:
        if parameters(plan.use.spans[name], 0):
            return True
    for name in plan.classes:
        for node in plan.use.spans[name].body:
            if getattr(node, "name", None) in plan.classes[name] and parameters(node, 1):
                return True
    return False


def parameters(node, own):
    is_static = any(getattr(each, "id", "") == "staticmethod" for each in node.decorator_list)
    return len(node.args.args) + len(node.args.kwonlyargs) > (0 if is_static else own)


def needed_parameters(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD) for each in parameters)


def takes_classes(plan):
    """Whether `TestCase` classes use more of pytest than marks of the author's own."""
    for name in plan.unit_classes:
        for node in ast.walk(plan.use.spans[name]):
            for each in getattr(node, "decorator_list", ()):
                called = plan.use.meaning(analyse.dotted(getattr(each, "func", each))) or ""
                if called == "pytest.fixture" or called.startswith("pytest.mark.") and called[12:] in _MARKS:
                    return True
    return False


def run(plan, module, reporter, takes_units):
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugin = Plugin(plan, module, reporter, takes_units)
    # `pytest.main` itself does nothing now: that is for the tests.
    from _pytest.config import main

    options = ["--noconftest", "-c", os.devnull, "--rootdir", "/", "--assert=plain", "--capture=no"]
    options += ["-o", "python_functions=test_* test[A-Z0-9]* test", "-o", "python_classes=Test*"]
    for each in _LEFT_OUT:
        options += ["-p", "no:" + each]
    try:
        main(options, [plugin, pytest_guard.guard(plugin)])
    except Exception as error:
        plugin.trouble = plugin.trouble or show.exception(error)
    if plugin.trouble:
        plugin.fail_rest()


class Plugin:
    """Hooks of pytest: collects from the module that has been run, reports each test."""

    def __init__(self, plan, module, reporter, takes_units):
        self.plan = plan
        self.module = module
        self.reporter = reporter
        self.takes_units = takes_units
        self.trouble = None
        self.items = []
        self.errors = {}
        self.finished = set()
        self.own = set(plan.functions) | set(plan.classes) | set(plan.unit_classes)

    def pytest_addoption(self, parser):
        # The terminal's own, which other parts of pytest ask for.
        group = parser.getgroup("terminal reporting")
        group._addoption("-v", dest="verbose", default=0, type=int)
        group._addoption("--tb", dest="tbstyle", default="short")
        group._addoption("--show-capture", dest="showcapture", default="no")
        group._addoption("--full-trace", dest="fulltrace", default=False, action="store_true")
        group._addoption("--color", dest="color", default="no")

    # Collecting.

    def pytest_collection(self, session):
        import pathlib

        import pytest
        from _pytest.runner import collect_one_node

        module = self.module

        class Module(pytest.Module):
            def _getobj(self):
                return module

        node = Module.from_parent(session, path=pathlib.Path("/") / analyse.PATH)
        report = collect_one_node(node)
        session.items = []
        if report.passed:
            for each in report.result:
                session.items += session.genitems(each)
        else:
            self.pytest_collectreport(report)
        session.config.hook.pytest_collection_modifyitems(session=session, config=session.config, items=session.items)
        session.testscollected = len(session.items)
        return True

    def pytest_collectreport(self, report):
        if report.failed:
            self.trouble = self.trouble or show.cap(str(report.longrepr))

    def pytest_pycollect_makeitem(self, collector, name, obj):
        if collector.parent is not collector.session:
            return None
        if self.reporter.bridge.is_learners(obj):
            return []
        is_unit = isinstance(obj, type) and "unittest" in sys.modules and issubclass(obj, sys.modules["unittest"].TestCase)
        if is_unit:
            return None if self.takes_units and name in self.own else []
        if name in self.own:
            return None
        # Not one of the list: made while the tests ran, or brought in with the learner's names.
        made_here = getattr(obj, "__module__", None) == self.module.__name__
        if not made_here or name == "test":
            return []
        return None

    # Running.

    def pytest_runtestloop(self, session):
        items = self.items = list(session.items)
        for number, item in enumerate(items):
            following = items[number + 1] if number + 1 < len(items) else None
            self.one(item, following, len(items) - number - 1 + self.others())
        self.missing()
        return True

    def others(self):
        """Planned tests that are not pytest's."""
        return 0 if self.takes_units else sum(len(each) for each in self.plan.unit_classes.values())

    def one(self, item, following, others):
        from _pytest.runner import runtestprotocol

        reporter = self.reporter
        index = self.index(item)
        if reporter.clock.is_spent():
            why = "no time was left for it"
            return reporter.send({"name": self.name(item), "status": "not_run", "message": why}, index)
        self.errors = {}
        self.subtests = []
        self.forged = None
        reports, error = [], None
        reporter.begin(others)
        try:
            try:
                reports = runtestprotocol(item, log=False, nextitem=following)
            finally:
                reporter.clock.is_running = False
        except BaseException as caught:
            error = caught
            self.tear_down(item)
        case = self.verdict(item, reports, error)
        case["name"] = self.name(item)
        reporter.send(case, index)

    def tear_down(self, item):
        """After an exception that went through pytest: its fixtures are still to be ended."""
        try:
            item.session._setupstate.teardown_exact(None)
        except BaseException:
            pass

    def verdict(self, item, reports, error):
        reporter = self.reporter
        phases = {each.when: each for each in reports}
        if error is None:
            for when in ("setup", "call", "teardown"):
                if when in phases and phases[when].failed:
                    error = self.errors.get(when)
                    break
        skipped = next((each for each in reports if each.skipped), None)
        xfail = any(hasattr(each, "wasxfail") for each in reports)
        if error is None and skipped is not None and not xfail:
            error = self.errors.get(skipped.when)
        if self.forged is not None:
            xfail, error = False, self.forged
        case = reporter.end(error)
        if case["status"] == "skipped" and "empty parameter set" in str(error):
            case.update(status="failed", message=_EMPTY, error=_EMPTY)
        elif case["status"] == "passed" and xfail and skipped is not None:
            case.update(status="skipped", message="expected to fail, and it did")
        elif case["status"] == "passed" and xfail:
            case.update(status="failed", message="expected to fail, and it passed", error="unexpected success")
        elif case["status"] in ("passed", "skipped") and self.subtests:
            text = show.cap("\n".join(self.subtests), 4000)
            case.update(status="failed", message=text, error=self.subtests[0])
        elif case["status"] == "passed" and any(each.failed for each in reports):
            text = show.cap(str(next(each for each in reports if each.failed).longrepr))
            case.update(status="failed", message=text, error=text)
        elif case["status"] == "passed" and not (
            (item in self.finished or self.is_unit(item) and inspect.iscoroutinefunction(item.obj))
            and len(phases) == 3 and all(each.passed for each in phases.values())
        ):
            case.update(status="error", message="it did not run to its end", error="it did not run to its end")
        if "setup" in phases and phases["setup"].failed and case["status"] == "failed" and "call" not in phases:
            case["status"] = "failed" if reporter.clock.is_late else "error"
        return case

    def pytest_runtest_makereport(self, item, call):
        """As pytest's own, without the text of a traceback: that takes a millisecond, and is not used."""
        import pytest

        outcome, text = "passed", None
        if call.excinfo is not None:
            error = call.excinfo.value
            self.errors[call.when] = error.__cause__ if isinstance(error, Stopped) else error
            if isinstance(error, pytest.skip.Exception):
                outcome, text = "skipped", (analyse.PATH, 1, show.cap(str(error)))
            else:
                outcome, text = "failed", show.exception(error)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, text, call.when)

    def pytest_runtest_logreport(self, report):
        # Only subtests come here.
        if report.failed:
            self.subtests.append(show.cap(str(report.longrepr)))

    def pytest_pyfunc_call(self, pyfuncitem):
        """As pytest does it, but for exceptions that would end its run."""
        import pytest

        function = pyfuncitem.obj
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            pytest.fail("this test is `async def`: nothing of it would run", pytrace=False)
        names = pyfuncitem._fixtureinfo.argnames
        try:
            answer = function(**{name: pyfuncitem.funcargs[name] for name in names})
        except (KeyboardInterrupt, pytest.exit.Exception) as error:
            raise Stopped() from error
        if inspect.iscoroutine(answer) or inspect.isgenerator(answer):
            pytest.fail("this test is a generator or `async`: calling it runs nothing of it", pytrace=False)
        self.finished.add(pyfuncitem)
        return True

    @staticmethod
    def is_unit(item):
        unittest = sys.modules.get("unittest")
        return unittest is not None and isinstance(item.cls, type) and issubclass(item.cls, unittest.TestCase)

    # Names.

    def owner(self, item):
        kind = getattr(item, "cls", None)
        return kind.__name__ if kind is not None else None

    def index(self, item):
        plain = getattr(item, "originalname", None) or item.name
        owner = self.owner(item)
        if owner is None:
            return self.plan.functions.get(plain)
        for classes in (self.plan.classes, self.plan.unit_classes):
            if owner in classes:
                return classes[owner].get(plain)
        return None

    def name(self, item):
        index = self.index(item)
        planned = self.plan.names[index] if index is not None else item.name
        plain = getattr(item, "originalname", None) or item.name
        return planned + item.name[len(plain) :] if item.name.startswith(plain) else item.name

    def missing(self):
        """Tests of the list that pytest made nothing of."""
        indexes = list(self.plan.functions.values())
        for methods in self.plan.classes.values():
            indexes += methods.values()
        if self.takes_units:
            for methods in self.plan.unit_classes.values():
                indexes += methods.values()
        why = self.trouble or "pytest did not find this test"
        case = {"status": "error" if self.trouble else "not_run", "message": why}
        if self.trouble:
            case["error"] = why
        self.reporter.send_again(case, indexes)

    def fail_rest(self):
        self.missing()
        if not self.reporter.failed:
            self.reporter.send({"name": "pytest", "status": "error", "error": self.trouble, "message": self.trouble})
