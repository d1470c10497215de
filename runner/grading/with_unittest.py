"""Runs the tests' `unittest.TestCase` classes, each method a case."""

import contextlib
import functools
import sys
import unittest
import unittest.case

from . import cases, show, unit_words

_OPTIONS = ("msg", "places", "delta")


def run(plan, module, reporter, names):
    """Runs the tests of these classes, in this order."""
    suite = Suite(plan, reporter)
    with watched():
        for name in names:
            kind = vars(module).get(name)
            if not is_case(kind) or reporter.bridge.is_learners(kind):
                continue
            planned = plan.unit_classes.get(name, {})
            methods = [method for method in planned if callable(getattr(kind, method, None))]
            methods += [each for each in unittest.TestLoader().getTestCaseNames(kind) if each not in planned]
            for method in methods:
                suite.run_one(kind, method, planned.get(method))
        suite.leave()


def is_case(kind):
    return isinstance(kind, type) and issubclass(kind, unittest.TestCase)


def class_names(plan, module):
    """The planned classes, and those that the tests made while they ran."""
    found = list(plan.unit_classes)
    for name, value in list(vars(module).items()):
        if is_case(value) and value.__module__ == module.__name__ and name not in found:
            if name == value.__name__ and not value.__name__.startswith("_"):
                found.append(name)
    return found


class Result(unittest.TestResult):
    """What became of one test."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan
        self.forget()

    def forget(self):
        self.error = None
        self.subtests = []
        self.passed = self.finished = False
        self.skipped_why = self.expected = None
        self.unexpected = False
        self.shared = None

    def startTest(self, test):
        pass

    def stopTest(self, test):
        pass

    def addSuccess(self, test):
        self.passed = True

    def addError(self, test, err):
        if not isinstance(test, unittest.TestCase):
            self.shared = err[1]
        elif self.error is None:
            self.error = err[1]

    addFailure = addError

    def addSkip(self, test, reason):
        error = sys.exc_info()[1]
        if not isinstance(test, unittest.TestCase):
            self.shared = error
        elif "skip" not in self.plan.text.lower() or cases.from_learner(error, self.plan):
            # Within a subtest it is unittest that catches it first.
            self.error = RuntimeError("your program raised SkipTest")
        else:
            self.skipped_why = reason

    def addExpectedFailure(self, test, err):
        self.expected = err[1]

    def addUnexpectedSuccess(self, test):
        self.unexpected = True

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.subtests.append((subtest, err[1]))

    def addDuration(self, test, elapsed):
        pass


class Suite(unittest.TestSuite):
    """Runs test after test, with the fixtures of their classes and of the module around them."""

    def __init__(self, plan, reporter):
        super().__init__()
        self.plan = plan
        self.reporter = reporter
        self.result = Result(plan)
        self.result._testRunEntered = True
        self.broken = {}

    def run_one(self, kind, method, index):
        reporter = self.reporter
        if reporter.clock.is_spent():
            return
        self.result.forget()
        reporter.begin()
        error = None
        try:
            try:
                self.perform(kind, method)
            finally:
                reporter.clock.is_running = False
        except BaseException as caught:
            error = caught
        case = self.verdict(reporter, error, kind)
        case["name"] = "" if index is not None else kind.__name__ + "." + method
        reporter.send(case, index)

    def perform(self, kind, method):
        result = self.result
        test = kind(method)
        previous = getattr(result, "_previousTestClass", None)
        self._tearDownPreviousClass(test, result)
        after = result.shared
        result.shared = None
        self._handleModuleFixture(test, result)
        if not result.shared:
            try:
                self._handleClassSetUp(test, result)
            except BaseException as error:
                kind._classSetupFailed = True
                result.shared = error
        result._previousTestClass = kind
        if result.shared is not None:
            self.broken[kind] = result.shared
        if after is not None:
            self.after(previous, after)
        if getattr(kind, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
            raise self.broken.get(kind) or next(iter(self.broken.values()), None) or RuntimeError("setUp failed")
        self.evidence(test)
        test.run(result)

    def evidence(self, test):
        """A test has passed when its method returned, whatever else was made to look like it."""
        result = self.result
        call = self.honest(test._callTestMethod)

        def _callTestMethod(method):
            answer = call(method)
            result.finished = True
            return answer

        test._callTestMethod = _callTestMethod
        for name in ("_callSetUp", "_callTearDown", "_callCleanup"):
            setattr(test, name, self.honest(getattr(test, name)))
        sub_test = test.subTest

        @contextlib.contextmanager
        def subTest(*args, **kwargs):
            with sub_test(*args, **kwargs):
                with Honest(self.plan):
                    yield

        test.subTest = subTest

    def honest(self, function):
        def call(*args, **kwargs):
            with Honest(self.plan):
                return function(*args, **kwargs)

        return call

    def after(self, kind, error):
        """What went wrong after the last test of a class is no test's own."""
        case = self.reporter.describe(error)
        case["name"] = "tearDown of %s" % getattr(kind, "__name__", "the module")
        self.reporter.send(case)

    def leave(self):
        result = self.result
        result.forget()
        previous = getattr(result, "_previousTestClass", None)
        case = self.reporter.run(self.tear_down, quiet=True, name="tearDown")
        if case is not None:
            self.reporter.send(case)
        elif result.shared is not None:
            self.after(previous, result.shared)

    def tear_down(self):
        self._tearDownPreviousClass(None, self.result)
        self._handleModuleTearDown(self.result)

    def verdict(self, reporter, error, kind):
        result = self.result
        if error is None:
            error = result.error
            if error is None and result.subtests:
                error = result.subtests[0][1]
        if error is None and result.skipped_why is not None:
            error = unittest.SkipTest(result.skipped_why)
        case = reporter.end(error)
        if result.expected is not None and error is None:
            case.update(status="skipped", message="expected to fail, and it did")
        elif result.unexpected and error is None:
            case.update(status="failed", message="expected to fail, and it passed", error="unexpected success")
        elif case["status"] == "passed" and not (result.passed and result.finished):
            case.update(status="error", message="it did not run to its end", error="it did not run to its end")
        if result.subtests:
            self.tell_subtests(case, result.subtests)
        return case

    def tell_subtests(self, case, subtests):
        told = []
        for subtest, error in subtests[:10]:
            one = cases.describe(error, {"name": ""}, self.plan, self.reporter.bridge)
            told.append("%s: %s" % (show.cap(subtest._subDescription(), 200), one.get("message") or one.get("error")))
        if len(subtests) > 10:
            told.append("and %d more" % (len(subtests) - 10))
        case["message"] = show.cap("\n".join(told), 4000)
        if case["status"] in ("passed", "skipped"):
            case["status"] = "failed"


class Honest:
    """Turns a SkipTest that the learner's code raised into an error: only the tests may skip."""

    def __init__(self, plan):
        self.plan = plan

    def __enter__(self):
        pass

    def __exit__(self, kind, error, trace):
        if isinstance(error, unittest.SkipTest) and cases.from_learner(error, self.plan):
            raise RuntimeError("your program raised SkipTest") from error


class watched:
    """While it is entered, failing methods of `unittest.TestCase` leave word of what they compared."""

    def __enter__(self):
        self.old = []
        for name in unit_words.WATCHED:
            if hasattr(unittest.TestCase, name):
                self.put(unittest.TestCase, name, watch(name, getattr(unittest.TestCase, name)))
        context = unittest.case._BaseTestCaseContext
        self.put(context, "_raiseFailure", watch_raises(context._raiseFailure))

    def put(self, owner, name, new):
        self.old.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)

    def __exit__(self, *ignored):
        for owner, name, old in reversed(self.old):
            setattr(owner, name, old)


def watch(name, method):
    @functools.wraps(method)
    def watched_method(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except AssertionError as error:
            given = list(args) + [value for key, value in kwargs.items() if key not in _OPTIONS]
            message = kwargs.get("msg")
            count = 1 if name in unit_words._ONE else 2
            if message is None and len(args) > count and isinstance(args[-1], str):
                message = args[-1]
            error._unit = (name, *(given + [None, None])[:2], message)
            raise

    return watched_method


def watch_raises(method):
    def _raiseFailure(self, standardMsg):
        try:
            return method(self, standardMsg)
        except AssertionError as error:
            error._unit = ("raises", self.expected, getattr(self, "obj_name", None), self.msg)
            raise

    return _raiseFailure
