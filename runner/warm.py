"""Modules imported ahead, and which of them import which others.

Importing is most of what a small program costs, so the zygote imports what programs use. How a program gets a module, and
sees nothing of the others, is the matter of `store.py`; what importing one would have loaded is recorded here.
"""

import _frozen_importlib
import _imp
import atexit
import builtins
import sys
from posix import register_at_fork

# What teaching programs import, and what CPython itself imports lazily in the middle of a run.
# Costs of memory that a fork has to map, measured on 3.11 and 3.13: the whole list 8 MB, of which
# unittest and logging 0.6 each, hashlib 0.5 (and 4 MB of OpenSSL, which is mapped and shared). Left out, as seldom
# imported: asyncio with ssl 2.3 MB, turtle 2.1, http 1.6, doctest (it loads pdb) 0.7 to 1, html 0.4, xml 0.3, zipfile 0.4.
DEFAULT = """
    abc argparse array ast atexit base64 bisect calendar cmath collections collections.abc concurrent.futures
    concurrent.futures.thread contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno
    fractions functools gc glob graphlib hashlib heapq importlib importlib.util inspect io itertools json keyword
    linecache locale logging math numbers operator os pathlib pickle platform pprint queue random re reprlib sched
    secrets select shlex shutil signal statistics string struct subprocess tempfile textwrap threading time timeit
    tokenize traceback types typing unicodedata unittest uuid warnings weakref zlib
    _strptime encodings.ascii encodings.latin_1 encodings.utf_8_sig
""".split()

# Beside these, where tests are to run; pytest only where the runtime has it.
FOR_TESTS = (
    "asyncio doctest unittest.mock pytest _pytest.fixtures _pytest.python _pytest.monkeypatch _pytest.unittest"
    " _pytest.skipping _pytest.helpconfig _pytest._argcomplete"
).split()

# More than there are written in Python.
_MODULES = 400
# Where modules find `register_at_fork`.
_KNOW_FORKS = [sys.modules[name] for name in ("os", "posix")]


class Recorder:
    """Stands in for `builtins.__import__` while preloading and notes which module imports which."""

    def __init__(self):
        self.edges = {}
        self.exits = []
        self.forks = []
        self.targeted = set()
        self.loading = []

    def start(self):
        # Modules side by side: a cell copies the page of each that it imports.
        self.made = [type(sys)("") for _ in range(_MODULES)]
        self.make = _frozen_importlib._new_module
        self.create = _imp.create_builtin, _imp.create_dynamic
        _frozen_importlib._new_module = self.new_module
        _imp.create_builtin, _imp.create_dynamic = map(self.in_place, self.create)
        self.real = builtins.__import__
        self.real_register = atexit.register
        self.threading = None
        builtins.__import__ = self
        atexit.register = self.register
        for module in _KNOW_FORKS:
            module.register_at_fork = self.register_at_fork

    def stop(self):
        _frozen_importlib._new_module = self.make
        _imp.create_builtin, _imp.create_dynamic = self.create
        self.made.clear()
        builtins.__import__ = self.real
        atexit.register = self.real_register
        if self.threading is not None:
            self.threading._register_atexit = self.register_thread_exit
        for module in _KNOW_FORKS:
            module.register_at_fork = register_at_fork

    def new_module(self, name):
        if not self.made:
            return self.make(name)
        module = self.made.pop()
        module.__init__(name)
        return module

    def in_place(self, create):
        """C makes its modules by itself: it is given the place of one of ours, which is free when it asks for memory next."""

        def create_module(spec):
            if self.made:
                self.made.pop()
            return create(spec)

        return create_module

    def register(self, function, *args, **kwargs):
        """Stands in for `atexit.register`: only a program that imports the module should get its handler."""
        self.exits.append((sys._getframe(1).f_globals.get("__name__"), (self.real_register, function, args, kwargs)))
        return function

    def watch_threading(self):
        """Has the handlers that modules leave with `threading` recorded: it calls them before it waits for threads."""
        threading = sys.modules.get("threading")
        if self.threading is None and hasattr(threading, "_register_atexit"):
            self.threading = threading
            real = self.register_thread_exit = threading._register_atexit

            def register(function, *args, **kwargs):
                self.exits.append((sys._getframe(1).f_globals.get("__name__"), (real, function, args, kwargs)))

            threading._register_atexit = register

    def register_at_fork(self, **kwargs):
        """Stands in for `os.register_at_fork`: what a program has not imported need not be told that a cell was forked."""
        self.forks.append((sys._getframe(1).f_globals.get("__name__"), kwargs))

    def edge(self, importer, imported):
        if importer != imported:
            self.edges.setdefault(importer, set()).add(imported)
        self.targeted.add(imported)

    def __call__(self, name, globals=None, locals=None, fromlist=(), level=0):
        # The module whose body is being executed pays for an import, even when a function of another one does it.
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_name != "<module>":
            frame = frame.f_back
        importer = frame.f_globals.get("__name__", "") if frame is not None else ""
        target = name
        if level:
            package = globals.get("__package__") or globals["__name__"]
            if level > 1:
                package = package.rsplit(".", level - 1)[0]
            target = package + "." + name if name else package
        parent = target.rpartition(".")[0]
        if parent and parent not in sys.modules:
            # By itself, so that what it loads is known to be its own and not the submodule's.
            self(parent)
        before = set(sys.modules)
        loading = self.loading[-1] if self.loading else ""
        self.loading.append(target)
        try:
            return self.real(name, globals, locals, fromlist, level)
        finally:
            self.loading.pop()
            self.watch_threading()
            self.note(importer, target, fromlist or (), before)
            if sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
                # A C module that imports while it is being loaded; it has no frame.
                self.edge(loading, target)

    def note(self, importer, target, fromlist, before):
        parts = target.split(".")
        for end in range(1, len(parts) + 1):
            self.edge(importer, ".".join(parts[:end]))
            self.edge(target, ".".join(parts[:end]))
        if "*" in fromlist:
            module = sys.modules.get(target)
            fromlist = tuple(fromlist) + tuple(getattr(module, "__all__", ()))
        for item in fromlist:
            if target + "." + item in sys.modules:
                self.edge(importer, target + "." + item)
        # What came by other ways than an import statement (importlib, C code, entries made by hand).
        for new in sys.modules:
            if new not in before and new not in self.targeted:
                self.edge(target, new)


def bundled(sources, first):
    """The names of the runner's own modules that importing `first` loads."""
    found = []
    todo = list(first)
    while todo:
        name = todo.pop(0)
        if name in sources and name not in found:
            found.append(name)
            package = name.rpartition(".")[0]
            for line in sources[name].splitlines():
                if line.startswith("from ."):
                    dots, _, items = line[len("from ") :].partition(" import ")
                    within = package + "." if package and not dots.startswith("..") else ""
                    base = dots.lstrip(".")
                    todo += [within + (base or item.split()[0]) for item in items.split(",")]
    return found


def words(codes):
    """The names in these codes, in their order."""
    found = {}
    todo = list(codes)
    while todo:
        code = todo.pop(0)
        found.update(dict.fromkeys(code.co_names + code.co_varnames))
        todo[:0] = [const for const in code.co_consts if type(const) is type(code)]
    return list(found)


def intern(names):
    """These names of variables and modules as code has them, side by side; they stay as long as this list."""
    parts = [part for name in names for part in (name, *name.split("."))]
    return [sys.intern(part) for part in "\n".join(dict.fromkeys(parts)).splitlines()]


def preload(names):
    """Imports `names`."""
    for name in names:
        try:
            __import__(name)
        except ImportError:
            # Not in this build or version of Python.
            continue
