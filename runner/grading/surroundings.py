"""What the tests change around the learner's code: `input`, `sys.stdin`, patched names of the standard library, the
environment, the seed of `random`, files. It is noticed before each question and done on the other side, too."""

import ast
import builtins
import importlib
import os
import sys
from importlib.util import find_spec

from ..interactive import dotted
from . import files

# These are looked at in any case.
_ALWAYS = (("builtins", "input"), ("builtins", "print"), ("builtins", "open"), ("sys", "stdin"), ("sys", "argv"))
_SETTERS = ("object", "setattr", "delattr", "dict")
_FILE_NAMES = frozenset(
    "open Path tempfile tmp_path tmpdir mkdtemp shutil sqlite3 NamedTemporaryFile TemporaryDirectory csv pickle shelve"
    " os pathlib zipfile".split()
)
_PATCHERS = frozenset(("patch", "mock", "monkeypatch"))
_NOT_SHARED = frozenset(("starter", "solution", "main", "unittest", "pytest", "tests", "self"))
_ABSENT = object()


def names_in(nodes):
    """Every identifier in the tests' text, and every string that could be one."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.update(node.name.split("."))
        elif isinstance(node, ast.Constant) and type(node.value) is str and node.value.isidentifier():
            found.add(node.value)
    return frozenset(found)


def _patched(nodes):
    """Names of modules that the tests may replace: (module, name)."""
    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) is str and "." in node.value:
            module, _, name = node.value.rpartition(".")
            if name.isidentifier() and module.replace(".", "").isidentifier():
                yield module, name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SETTERS:
            if len(node.args) >= 2 and isinstance(node.args[1], ast.Constant) and type(node.args[1].value) is str:
                yield dotted(node.args[0]), node.args[1].value
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield dotted(node.value), node.attr


class Surroundings:
    """What was there at the start and what the other side knows of."""

    def __init__(self):
        self.watched = []
        self.sent = {}
        self.environ = dict(os.environ._data)
        self.environ_sent = None
        self.argv = list(sys.argv)
        self.seed = None
        self.folders = None
        self.has_files = False

    def watch(self, nodes, names):
        """Takes note of what can be changed, before any of it is; `names` are those in the tests' text."""
        pairs = list(_ALWAYS)
        stores = any(isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) for node in nodes)
        if stores or names & _PATCHERS:
            pairs += [(module, name) for module, name in _patched(nodes) if module]
        for module, name in dict.fromkeys(pairs):
            target = _standard(module)
            if target is not None and (module, name) != ("sys", "stdout"):
                self.watched.append((module, name, target, getattr(target, name, _ABSENT)))
        if "seed" in names and "random" in names:
            self.watch_seed()
        self.has_files = bool(names & _FILE_NAMES)

    def watch_seed(self):
        import random

        seed = random.seed

        def wrapper(value=None, version=2):
            seed(value, version)
            self.seed = value

        random.seed = wrapper

    def forget(self):
        """The other side starts anew and knows of nothing."""
        self.sent = {}
        self.environ_sent = None
        self.folders = None

    def news(self, writer):
        """What has changed since it was told last."""
        out = {}
        for module, name, target, original in self.watched:
            present = getattr(target, name, _ABSENT)
            key = (module, name)
            if name == "argv" and module == "sys" and present is original and present == self.argv:
                continue
            if present is self.sent.get(key, original) and name != "argv":
                continue
            if present is original and name != "argv":
                out.setdefault("restore", []).append([module, name])
                self.sent.pop(key, None)
            elif present is not _ABSENT:
                out.setdefault("set", []).append([module, name, writer.value(present)])
                self.sent[key] = present
        # The dictionary beneath: comparing os.environ itself would decode every entry.
        if os.environ._data != (self.environ_sent or self.environ):
            self.environ_sent = dict(os.environ._data)
            out["environ"] = writer.value(dict(os.environ))
        if self.seed is not None:
            out["seed"], self.seed = writer.value(self.seed), None
        if self.has_files:
            if self.folders is None:
                self.folders = files.Folders(is_trusting=False)
            out["files"] = self.folders.news()
        return out

    def take_files(self, news):
        if self.folders is not None:
            self.folders.take(news)


def _standard(name):
    """A module of the standard library; None for anything else."""
    top = name.partition(".")[0]
    if top in _NOT_SHARED or not name.replace(".", "").isidentifier():
        return None
    try:
        if top not in sys.modules and not _is_standard(top):
            return None
        return builtins if name == "builtins" else importlib.import_module(name)
    except Exception:
        return None


def _is_standard(top):
    names = getattr(sys, "stdlib_module_names", None)
    if names is not None:
        return top in names
    # CPython 3.9 has no list: built in, or a file of the standard library's folder.
    spec = find_spec(top)
    if spec is None or spec.origin in ("built-in", "frozen"):
        return spec is not None
    return spec.has_location and spec.origin.startswith(os.path.dirname(os.__file__)) and "-packages" not in spec.origin
