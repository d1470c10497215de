"""The module that the tests run in: what of the learner's is bound there, and what does nothing when tests call it."""

import ast
import builtins

_MISSING = object()


# What unittest and pytest look for in a module: only the tests' own.
_TAKEN = frozenset(
    "setUpModule tearDownModule load_tests setup_module teardown_module setup_function teardown_function"
    " collect_ignore collect_ignore_glob".split()
)


def loads_ahead(use):
    """Whether the tests use the learner's names without an import: the module is loaded before their first line."""
    bare = use.free or use.modules_used or "output" in use.used
    if use.stars and not use.modules_used and use.free <= star_names(use):
        return False
    if not bare:
        return bool(use.builtins_used) and not use.imports_learners
    return True


def loads_first(plan):
    """Whether the learner's module is loaded before anything else that the tests do could make a difference to it."""
    if loads_ahead(plan.use):
        return True
    for node in plan.tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            named = [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            if any(name in plan.use.modules for name in named):
                return True
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return False
    return False


def star_names(use):
    """What an import of everything would bring is bound there, not ahead."""
    return {name for name in use.free if not name.startswith("_") and name != "output"}


def is_taken(name):
    return name in _TAKEN or name.startswith(("__", "pytest"))


class Names:
    """Binds the learner's names for the tests."""

    def __init__(self, plan, bridge, module, in_process):
        self.plan = plan
        self.bridge = bridge
        self.module = module
        self.in_process = in_process
        self.is_loading = True

    def prepare(self):
        """Loads the learner's module, when the tests use it without an import, and binds what they use."""
        if loads_ahead(self.plan.use):
            self.bridge.load()
            self.bind(self.plan.use)

    def bind(self, use):
        space = self.module.__dict__
        for name in use.modules_used:
            space[name] = self.bridge.module
        public = set(self.bridge.public_names())
        for name in use.free:
            if name == "output":
                space[name] = self.bridge.output()
            elif is_taken(name):
                continue
            elif name in public or name.startswith("_") or not use.stars:
                found = self.get(name)
                if found is not _MISSING:
                    space[name] = found
        only = use.learners_only_builtin(public)
        if only is not None:
            space[only] = self.bridge.get(only)

    def get(self, name):
        try:
            return self.bridge.get(name)
        except AttributeError:
            return _MISSING

    def star(self, module):
        """Stands for `from starter import *` in the tests."""
        self.bridge.load()
        use = self.plan.use
        public = list(self.bridge.public_names())
        used = use.used | use.free
        own = use.bound | set(use.imported) | {each.partition(".")[0] for each in use.imported.values()}
        only = use.learners_only_builtin(public)
        space = self.module.__dict__
        for name in public:
            if name not in used or name in own or is_taken(name) or (hasattr(builtins, name) and name != only):
                continue
            if name in space and not self.bridge.is_learners(space[name]):
                # Of another module that everything was imported from.
                continue
            found = self.get(name)
            if found is not _MISSING:
                space[name] = found


def tame(plan, reporter, bridge):
    """`unittest.main()` and `pytest.main()`, called by the tests themselves, do nothing: their tests are run anyway."""
    imported = {each.partition(".")[0] for each in plan.use.imported.values()}
    if "unittest" in imported:
        import unittest

        unittest.main = lambda *args, **kwargs: None
    if "pytest" in imported:
        from . import with_pytest

        pytest = with_pytest.provide()
        pytest.main = lambda *args, **kwargs: 0
    if "doctest" in imported:
        from . import with_doctest

        with_doctest.tame(plan, reporter, bridge)
