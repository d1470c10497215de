"""Examples (`>>> f(2)`): in the tests' docstrings, as the whole text, and the learner's own when the tests ask."""

import ast
import doctest
import io
import sys

from . import names, show


def plan_text(plan):
    """The plan of a text that is nothing but examples: each that says what it gives is a case."""
    try:
        examples = doctest.DocTestParser().get_examples(plan.text, plan.path)
    except ValueError as error:
        raise SyntaxError(str(error))
    source = "".join(each.source for each in examples)
    plan.tree = compile(source, plan.path, "exec", ast.PyCF_ONLY_AST, True)
    plan.nodes = list(ast.walk(plan.tree))
    plan.use = names.Use(source, plan.tree, plan.learners_names, plan.nodes)
    plan.flags = 0
    for each in examples:
        wants = bool(each.want or each.exc_msg)
        plan.steps.append(("example", each, plan.add("Test %d" % (len(plan.names) + 1)) if wants else None))
    if examples and not plan.names:
        plan.script = plan.add("Test 1")


def run_text(plan, module, reporter):
    space = vars(module)
    for _, example, index in plan.steps:
        if reporter.clock.is_spent():
            return
        case = run_examples([example], "examples", space, reporter, index, plan, quiet=index is None)
        if case is not None and index is None:
            case["name"] = "Line %d" % (example.lineno + 1)
            reporter.send(case)
    if plan.script is not None and not reporter.failed:
        reporter.send({"name": "Test 1", "status": "passed", "micros": 0}, plan.script)


def run_docs(plan, module, reporter):
    for owner, node, index in plan.docs:
        if reporter.clock.is_spent():
            return
        try:
            examples = doctest.DocTestParser().get_examples(node.value, owner)
        except ValueError as error:
            case = {"status": "error", "error": show.exception(error), "message": show.cap(str(error))}
            reporter.send(dict(case, name=plan.names[index]), index)
            continue
        for each in examples:
            each.lineno += node.lineno - 1
        run_examples(examples, owner or "tests", dict(vars(module)), reporter, index, plan)


class Failed(AssertionError):
    """An example gave something else."""


def run_examples(examples, name, space, reporter, index, plan, quiet=False):
    found = []

    def test():
        runner = Runner(found)
        examined = doctest.DocTest(examples, space, name, None, 0, None)
        # Not a copy: what one example binds, the next one uses.
        examined.globs = space
        runner.run(examined, out=lambda text: None, clear_globs=False)
        if found:
            raise found[0][0]
        if runner.begun != len(examples):
            raise Failed("not all of the examples were run")

    original = reporter.describe

    def describe(error):
        case = original(error)
        if found and error is found[0][0]:
            example, got = found[0][1:]
            case.update(line=example.lineno + 1, source=show.cap(example.source.strip(), 300), error=show.cap(str(error)))
            case["message"] = show.cap(str(error))
            if got is not None:
                case.update(expected=show.cap(example.want.rstrip("\n")), actual=show.cap(got.rstrip("\n")))
        return case

    reporter.describe = describe
    try:
        return reporter.run(test, index, quiet=quiet)
    finally:
        reporter.describe = original


class Runner(doctest.DocTestRunner):
    """Runs examples and keeps what failed: (exception, example, what it gave)."""

    def __init__(self, found):
        super().__init__(verbose=False)
        self.found = found
        self.begun = 0

    def report_start(self, out, test, example):
        self.begun += 1

    def report_success(self, out, test, example, got):
        pass

    def report_failure(self, out, test, example, got):
        source = show.quoted(show.one_line(example.source.strip()))
        shown = show.quoted(got.rstrip("\n")) if got.strip() else "nothing"
        sentence = "%s gave %s, expected %s" % (source, shown, show.quoted(example.want.rstrip("\n")))
        self.found.append((Failed(sentence), example, got))

    def report_unexpected_exception(self, out, test, example, exc_info):
        source = show.quoted(show.one_line(example.source.strip()))
        sentence = "%s stopped with %s" % (source, show.exception(exc_info[1]))
        self.found.append((Failed(sentence), example, None))


# The learner's own examples, when the tests ask for them.


def tame(plan, reporter, bridge):
    """`doctest.testmod(starter)` and its like: a failure, or that there was no example, fails the test that asked."""
    if getattr(doctest, "_is_tamed", False):
        return
    doctest._is_tamed = True
    real_testmod = doctest.testmod

    def testmod(m=None, *args, **kwargs):
        if m is None or getattr(m, "__name__", "") in ("tests", "__main__"):
            # The tests' own examples are run as cases.
            return doctest.TestResults(0, 0)
        if is_remote(m):
            answer = remote(bridge, lambda name: True)
        else:
            answer = real_testmod(m, *args, **kwargs)
        note(reporter, answer)
        return answer

    def run_docstring_examples(f, globs, *args, **kwargs):
        if is_remote(f):
            wanted = getattr(f, "__name__", "")
            note(reporter, remote(bridge, lambda name: name == wanted or name.endswith("." + wanted)))
            return
        out = io.StringIO()
        finder = doctest.DocTestFinder(recurse=False)
        runner = doctest.DocTestRunner(verbose=False)
        for test in finder.find(f, "NoName", globs=globs):
            runner.run(test, out=out.write)
        sys.stdout.write(out.getvalue())
        note(reporter, doctest.TestResults(runner.failures, runner.tries))

    def is_remote(item):
        return hasattr(bridge, "doctests") and bridge.is_learners(item)

    doctest.testmod = testmod
    doctest.run_docstring_examples = run_docstring_examples


def note(reporter, answer):
    if answer.failed:
        reporter.trouble = "%d of %d examples in your program gave something else" % answer[:2]
    elif not answer.attempted:
        reporter.trouble = "there are no examples (`>>>`) in your program"


def remote(bridge, is_wanted):
    """Runs the learner's examples in the learner's program, and compares what they print here."""
    checker = doctest.OutputChecker()
    failed = tried = 0
    for name, examples, run_example in bridge.doctests():
        if not is_wanted(name):
            continue
        for source, want, line in examples:
            tried += 1
            got = run_example(source)
            if not checker.check_output(want, got, 0):
                failed += 1
                print("File main.py, line %s, in %s: %s\nExpected: %sGot: %s" % (line, name, source, want, got))
    return doctest.TestResults(failed, tried)
