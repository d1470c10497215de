"""Keeps the learner's code from skipping pytest's tests."""

import functools
import inspect

from . import cases, show


def guard(plugin):
    """A plugin that looks at exceptions before pytest's own: a skip that the learner's code raised is an error."""
    import unittest

    import pytest

    kinds = (pytest.skip.Exception, pytest.xfail.Exception, unittest.SkipTest)

    class Guard:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_makereport(self, item, call):
            error = call.excinfo.value if call.excinfo is not None else None
            if isinstance(error, kinds) and cases.from_learner(error, plugin.plan):
                plugin.forged = forged(error)

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_call(self, item):
            if not plugin.is_unit(item) or inspect.iscoroutinefunction(item.obj):
                return
            method = item.obj

            @functools.wraps(method)
            def honest(*args, **kwargs):
                try:
                    method(*args, **kwargs)
                except kinds as error:
                    if cases.from_learner(error, plugin.plan):
                        raise forged(error) from error
                    raise
                plugin.finished.add(item)

            item.obj = honest

    return Guard()


def forged(error):
    return RuntimeError("your program raised " + show.kind_name(type(error)))
