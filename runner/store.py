"""The modules that were imported ahead, out of sight until a program imports them.

A program must not see what was imported for others: `'json' in sys.modules`, `import xml` and then `xml.etree`, or a
learner's own `random.py` have to be as in a fresh interpreter. So all that was preloaded is taken out of `sys.modules`
again, into a store, before any cell is forked. When a program imports a name of the store, it gets the module from there
together with everything that importing it would have loaded (`warm.py` has recorded it): an import then costs
microseconds.

The place where this happens is the lock that importlib's `_find_and_load` takes for what is not loaded yet, before it
looks into `sys.modules` once more: every way to import goes through it, no frame is left in the traceback of an import
that fails, and for a module of the store nothing else of importlib's own Python runs (finders, specs, loaders). The
store steps aside, and Python loads from disk as ever, whenever the answer could differ: `sys.path`,
`sys.meta_path` or `sys.path_hooks` were changed, a file of the working directory shadows one of the modules, or a
module was removed, replaced or blocked in `sys.modules`.
"""

import _frozen_importlib
import _imp
import builtins
import gc
import posix
import sys
import time
from _operator import is_
from itertools import repeat
from posix import listdir, stat, uname

_ABSENT = object()
_NOWHERE = repeat(_ABSENT)


class Store:
    """The preloaded modules, out of sight, and what belongs to each."""

    def __init__(self, base):
        """`base` is `sys.modules` as it was before anything was imported ahead."""
        self.modules = {}
        # By module: those that it stands for, itself last, and the first words of their names.
        self.closure = {}
        self.tops = {}
        self.all_tops = frozenset()
        # What is to be done when a module is given, beside the entry in `sys.modules`; most need nothing.
        self.attributes = {}
        self.exits = {}
        self.forks = {}
        self.demanding = {}
        # What the program has got, with names as in `sys.modules`.
        self.given = {}
        self.plain = {}
        self.known = ()
        self.path = None
        self.importer = builtins.__import__
        # Which of `all_tops` are in the first folder of `path`, and when that changed last, where it can be told.
        self.folder = (None, None, frozenset())
        self.tells_changes = False
        # Loaded by the start itself (a .pth file can do that), yet to be told that this is another process.
        self.aged = [(fresh, base[name]) for name, fresh in _FRESH.items() if name in base]
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
        # Mostly each is there if it was given, and absent if not, which is seen faster without a loop in Python.
        if not all(map(is_, map(loaded.get, closure, _NOWHERE), map(given.get, closure, _NOWHERE))):
            for each, module in closure.items():
                there = loaded.get(each, _ABSENT)
                if there is not module and (there is not _ABSENT or each in given):
                    return False
        try:
            shadows = self.shadows()
            if shadows and not self.tops[name].isdisjoint(shadows):
                return False
        except OSError:
            pass
        # Importlib, too, puts a module behind those that it imports.
        loaded.update(closure)
        for each in self.demanding.get(name, ()):
            if each not in given:
                self.complete(each)
        given.update(closure)
        if parent:
            # As importlib does after each import of a submodule.
            setattr(loaded[parent], child, self.modules[name])
        return True

    def shadows(self):
        """The names that modules of the store have and files in the working directory, too, or in whatever stands first in
        `sys.path`."""
        folder, (known, changed, found) = self.path[0], self.folder
        # Before the list is made: what comes into the folder later has a later time.
        now = stat(folder).st_ctime_ns if self.tells_changes else None
        if now is None or now != changed or folder != known:
            found = self.all_tops.intersection([entry.partition(".")[0] for entry in listdir(folder)])
            self.folder = folder, now, found
        return found

    def knows_folder(self, names):
        """The first folder of `path` has files of these names, and no others: it need not be listed while it stays so."""
        if self.tells_changes:
            folder = self.path[0]
            try:
                self.folder = folder, stat(folder).st_ctime_ns, self.all_tops.intersection(names)
            except OSError:
                # A zygote's rehearsal, where there is none yet.
                pass

    def complete(self, name):
        """Does what a module needs beside its entry in `sys.modules`; what it asked to be done around forks is done, for it
        has seen one since it was imported."""
        for holder, key, value in self.attributes.get(name, ()):
            setattr(holder, key, value)
        for register, function, args, kwargs in self.exits.get(name, ()):
            register(function, *args, **kwargs)
        # Once in each process: unlike the rest it cannot be taken back after a throw-away run.
        for kwargs in self.forks.pop(name, ()):
            posix.register_at_fork(**kwargs)
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
        self.folder = (None, None, frozenset())


def _fresh_logging(logging):
    # The time since which `relativeCreated` counts.
    logging._startTime = time.time_ns() if type(logging._startTime) is int else time.time()


def _fresh_threading(threading):
    set_native_id = getattr(threading._main_thread, "_set_native_id", None)
    if set_native_id is not None:
        set_native_id()


# What a module learned about the process that imported it, and has to learn again in a cell.
_FRESH = {"logging": _fresh_logging, "threading": _fresh_threading}


def tells_changes():
    """Whether a folder in memory never has the same time before and after a change, once it has been asked for: so it is
    from Linux 6.13 on. Before that, changes within 4 ms or so cannot be told apart."""
    system = uname()
    try:
        return system.sysname == "Linux" and tuple(map(int, system.release.split(".")[:2])) >= (6, 13)
    except ValueError:
        return False


class _Unlocked:
    """Stands in for the lock of a module that is there already."""

    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass


def _fill(store, recorder, base, known):
    # Strings of its own, one behind the other: each that a cell uses costs it the page that it is on. Those that programs
    # have in their code lie together already.
    known = {name: name for name in known}
    order = "\n".join(name for name in sys.modules if name not in base).splitlines()
    order = [known.get(name, name) for name in order]
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
            posix.register_at_fork(**entry)
    demanding = {*store.attributes, *store.exits, *store.forks, *_FRESH}
    for name, closure in store.closure.items():
        needs = tuple(each for each in closure if each in demanding)
        if needs:
            store.demanding[name] = needs
    store.all_tops = frozenset().union(*store.tops.values())


def settle(store, recorder, base, importers, known):
    """Hides the store and puts the hook in place; `known` are names that lie together for as long as somebody holds them."""
    store.known = known
    _fill(store, recorder, base, known)
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
