"""Modules imported ahead, and how a program gets them.

Importing is most of what a small program costs, so the zygote imports what programs use. A program must not see
that, though: `'json' in sys.modules`, `import xml` and then `xml.etree`, or a learner's own `random.py` have to be as
in a fresh interpreter. So all that was preloaded is taken out of `sys.modules` again, into a store, before any cell
is forked. When a program imports a name of the store, it gets the module from there together with everything that
importing it would have loaded (the graph is recorded while preloading): an import then costs microseconds.

The place where this happens is the lock that importlib's `_find_and_load` takes for what is not loaded yet, before it
looks into `sys.modules` once more: every way to import goes through it, no frame is left in the traceback of an import
that fails, and for a module of the store nothing else of importlib's own Python runs (finders, specs, loaders). The
store steps aside, and Python loads from disk as ever, whenever the answer could differ: `sys.path`,
`sys.meta_path` or `sys.path_hooks` were changed, a file of the working directory shadows one of the modules, or a
module was removed, replaced or blocked in `sys.modules`.
"""

import _frozen_importlib
import _imp
import atexit
import builtins
import gc
import sys
import time
from posix import listdir, register_at_fork

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

_ABSENT = object()
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
        self.real = builtins.__import__
        self.real_register = atexit.register
        builtins.__import__ = self
        atexit.register = self.register
        for module in _KNOW_FORKS:
            module.register_at_fork = self.register_at_fork

    def stop(self):
        builtins.__import__ = self.real
        atexit.register = self.real_register
        for module in _KNOW_FORKS:
            module.register_at_fork = register_at_fork

    def register(self, function, *args, **kwargs):
        """Stands in for `atexit.register`: only a program that imports the module should get its handler."""
        self.exits.append((sys._getframe(1).f_globals.get("__name__"), (function, args, kwargs)))
        return function

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


class Store:
    """The preloaded modules, out of sight, and what belongs to each."""

    def __init__(self):
        self.modules = {}
        # By module: those that it stands for, itself last, and the first words of their names.
        self.closure = {}
        self.tops = {}
        # What is to be done when a module is given, beside the entry in `sys.modules`; most need nothing.
        self.attributes = {}
        self.exits = {}
        self.forks = {}
        self.demanding = {}
        self.given = set()
        self.plain = {}
        self.path = None
        self.importer = builtins.__import__
        # Loaded by the start itself (a .pth file can do that), yet to be told that this is another process.
        self.aged = [(fresh, sys.modules[name]) for name, fresh in _FRESH.items() if name in sys.modules]
        self.meta_path = list(sys.meta_path)
        self.path_hooks = list(sys.path_hooks)

    def offer(self, name):
        """Whether the preloaded module of that name, and the others that belong to it, are in `sys.modules` now."""
        closure = self.closure.get(name)
        if (
            closure is None
            or name in self.given
            or sys.path != self.path
            or sys.meta_path != self.meta_path
            or sys.path_hooks != self.path_hooks
            or builtins.__import__ is not self.importer
        ):
            return False
        loaded = sys.modules
        given = self.given
        parent, _, child = name.rpartition(".")
        if parent and parent not in loaded and parent not in closure:
            return False
        for each, module in closure.items():
            there = loaded.get(each, _ABSENT)
            if there is not module and (there is not _ABSENT or each in given):
                return False
        try:
            tops = self.tops[name]
            for entry in listdir(self.path[0]):
                if entry.partition(".")[0] in tops:
                    return False
        except OSError:
            pass
        # Importlib, too, puts a module behind those that it imports.
        loaded.update(closure)
        for each in self.demanding[name]:
            if each not in given:
                self.complete(each)
        given.update(closure)
        if parent:
            # As importlib does after each import of a submodule.
            setattr(loaded[parent], child, self.modules[name])
        return True

    def complete(self, name):
        """Does what a module needs beside its entry in `sys.modules`; what it asked to be done around forks is done, for it
        has seen one since it was imported."""
        for holder, key, value in self.attributes.get(name, ()):
            setattr(holder, key, value)
        for function, args, kwargs in self.exits.get(name, ()):
            atexit.register(function, *args, **kwargs)
        # Once in each process: unlike the rest it cannot be taken back after a throw-away run.
        for kwargs in self.forks.pop(name, ()):
            register_at_fork(**kwargs)
            # `threading` would look for the threads that are gone; there was one, and it is this one.
            if name != "threading" and "after_in_child" in kwargs:
                kwargs["after_in_child"]()
        fresh = _FRESH.get(name)
        if fresh is not None:
            fresh(self.modules[name])

    def refresh(self):
        """Makes what a plain start loads look as if it had been loaded in this process."""
        for fresh, module in self.aged:
            fresh(module)

    def hide(self):
        """Takes back all that was given (after a throw-away run)."""
        for name in self.given:
            sys.modules.pop(name, None)
            for holder, key, _ in self.attributes.get(name, ()):
                holder.__dict__.pop(key, None)
        self.given.clear()


def _fresh_logging(logging):
    # The time since which `relativeCreated` counts.
    logging._startTime = time.time_ns() if type(logging._startTime) is int else time.time()


def _fresh_threading(threading):
    set_native_id = getattr(threading._main_thread, "_set_native_id", None)
    if set_native_id is not None:
        set_native_id()


# What a module learned about the process that imported it, and has to learn again in a cell.
_FRESH = {"logging": _fresh_logging, "threading": _fresh_threading}


class _Unlocked:
    """Stands in for the lock of a module that is there already."""

    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass


def preload(names):
    """Imports `names` (None: the default list)."""
    for name in DEFAULT if names is None else names:
        try:
            __import__(name)
        except ImportError:
            # Not in this build or version of Python.
            continue


def _fill(store, recorder, base):
    # Strings of its own, one behind the other: each that a cell uses costs it the page that it is on.
    order = "\n".join(name for name in sys.modules if name not in base).splitlines()
    for name in order:
        store.modules[name] = sys.modules[name]
    for name in order:
        reached = set()
        todo = [name]
        while todo:
            each = todo.pop()
            if each not in reached:
                reached.add(each)
                todo.extend(recorder.edges.get(each, ()))
        closure = {each: store.modules[each] for each in order if each in reached and each != name}
        closure[name] = store.modules[name]
        store.closure[name] = closure
        store.tops[name] = frozenset(each.partition(".")[0] for each in closure)
    for name in order:
        parent, _, child = name.rpartition(".")
        holder = sys.modules.get(parent) if parent else None
        if holder is not None and vars(holder).get(child) is store.modules[name]:
            # `import concurrent` alone does not make `concurrent.futures` an attribute.
            if parent in base or name not in store.closure[parent]:
                store.attributes.setdefault(name, []).append((holder, child, store.modules[name]))
    for name, entry in recorder.exits:
        if name in store.modules:
            store.exits.setdefault(name, []).append(entry)
    for name, entry in recorder.forks:
        if name in store.modules:
            store.forks.setdefault(name, []).append(entry)
        else:
            register_at_fork(**entry)
    demanding = {*store.attributes, *store.exits, *store.forks, *_FRESH}
    for name, closure in store.closure.items():
        store.demanding[name] = tuple(each for each in closure if each in demanding)


def settle(store, recorder, base, importers):
    """Hides the store and puts the hook in place."""
    _fill(store, recorder, base)
    find_and_load = _frozen_importlib._find_and_load.__code__
    lock, lock_unlock = _frozen_importlib._ModuleLockManager, _frozen_importlib._lock_unlock_module
    acquire_lock, release_lock = _imp.acquire_lock, _imp.release_lock
    offer, modules, frame, absent, unlocked = store.offer, store.modules, sys._getframe, _ABSENT, _Unlocked()

    def _ModuleLockManager(name):
        if frame(1).f_code is find_and_load and sys.modules.get(name, absent) is absent:
            # Two threads may want the same module at once.
            acquire_lock()
            try:
                if offer(name):
                    return unlocked
            finally:
                release_lock()
        return lock(name)

    def _lock_unlock_module(name):
        # A module of the store is never half loaded.
        if sys.modules.get(name) is not modules.get(name, absent):
            lock_unlock(name)

    store.given.update(store.modules)
    store.hide()
    store.plain.update(sys.modules)
    for key in list(sys.path_importer_cache):
        if key not in importers:
            del sys.path_importer_cache[key]
    _frozen_importlib._ModuleLockManager = _ModuleLockManager
    _frozen_importlib._lock_unlock_module = _lock_unlock_module


def freeze(store):
    """Leaves caches and the heap as the cells should inherit them."""
    for name, function in (("re", "purge"), ("linecache", "clearcache")):
        if name in store.modules:
            getattr(store.modules[name], function)()
    gc.collect()
    gc.freeze()
