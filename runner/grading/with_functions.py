"""Runs plain test functions and classes that need nothing of pytest's but its naming."""

import inspect

from . import with_pytest


def run(plan, module, reporter):
    space = vars(module)
    call_if_there(space, "setup_module", module, reporter)
    for name, index in plan.functions.items():
        function = space.get(name)
        if callable(function) and not reporter.bridge.is_learners(function):
            one(reporter, index, function, [(space, "setup_function")], [(space, "teardown_function")], function)
    for name, methods in plan.classes.items():
        if isinstance(space.get(name), type) and not reporter.bridge.is_learners(space[name]):
            run_class(space[name], methods, reporter)
    call_if_there(space, "teardown_module", module, reporter)


def run_class(kind, methods, reporter):
    names = _Attributes(kind)
    case = call_if_there(names, "setup_class", kind, reporter, sends=False)
    if case is not None:
        reporter.send_again(case, methods.values())
        return
    for name, index in methods.items():
        if reporter.clock.is_spent():
            return
        # Made within the test: `__init__` is the tests', but may use the learner's code.
        around = {}

        def start(name=name, around=around):
            around["object"] = _Attributes(kind())
            return around["object"].get(name)

        one(reporter, index, start, [(around, "setup_method")], [(around, "teardown_method")], None)
    case = call_if_there(names, "teardown_class", kind, reporter)


class _Attributes:
    def __init__(self, owner):
        self.owner = owner

    def get(self, name):
        return getattr(self.owner, name, None)


def one(reporter, index, function, before, after, argument):
    if reporter.clock.is_spent():
        return

    def test():
        call = function if argument is not None else function()
        try:
            for place, name in before:
                around(place, name, call)
            check(call)
            answer = call()
            if inspect.iscoroutine(answer) or inspect.isgenerator(answer):
                answer.close()
                raise AssertionError("this test is a generator or `async`: calling it runs nothing of it")
        finally:
            for place, name in after:
                around(place, name, call)

    reporter.run(test, index)


def around(place, name, call):
    hook = place.get(name) if not isinstance(place.get("object"), _Attributes) else place["object"].get(name)
    if callable(hook):
        hook(call) if positional(hook) else hook()


def positional(function):
    try:
        return bool(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return False


def check(call):
    """What needs pytest does not run without it."""
    if getattr(call, "__needs_pytest__", False) or with_pytest.needed_parameters(call):
        raise RuntimeError(with_pytest.NEEDED)


def call_if_there(space, name, argument, reporter, sends=True):
    hook = space.get(name)
    if not callable(hook):
        return None
    case = reporter.run(lambda: hook(argument) if positional(hook) else hook(), quiet=True, name=name)
    if case is not None and sends:
        reporter.send(case)
    return case
