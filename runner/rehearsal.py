"""The throw-away run of a waiting cell.

A forked interpreter shares its pages with the zygote until it writes to them, and each first write costs a page
fault. Running a small program through the very paths that the job will take pays for them before a caller waits.
"""

import gc
import sys
from _io import BytesIO, TextIOWrapper
from posix import unlink

from . import finish as ending
from . import report

# Small on purpose: its cost is paid for every cell. A dataclass in it would add 1.3 ms and 1.3 MB of copied pages, an
# uncaught exception 1.1 ms, more than a program that has one waits for it.
_PROGRAM = '''\
import math, random

class Shape:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

class Square(Shape):
    def __init__(self, size):
        super().__init__("square")
        self.size = size

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

count = {}
for letter in "the quick brown fox":
    count[letter] = count.get(letter, 0) + 1
print(sorted(count.items(), key=lambda item: -item[1])[:3], fib(6), [i * i for i in range(9)], sep=" | ")
print(f"{sum([0.1] * 9):.2f}", Square(3), " ".join(map(str, range(30))), math.sqrt(2), "%5d" % 42)
try:
    [][3]
except IndexError as error:
    print(error)
'''


def rehearse(cell):
    """Runs the program above with streams of its own, takes it to its end, and removes every trace."""
    stdout, stderr = sys.stdout, sys.stderr
    argv, orig_argv, path = sys.argv, getattr(sys, "orig_argv", None), list(sys.path)
    channel = cell.channel
    modules = dict(sys.modules)
    cell.channel = report.Channel(-1)
    # Collections of what the zygote left must not fall into the run.
    gc.disable()
    try:
        sys.stdout = _stream(stdout)
        sys.stderr = _stream(stderr)
        cell.prepare(_job())
        _run(cell)
        sys.stdout.flush()
        cell.rehearse_role(cell)
    finally:
        sys.stdout, sys.stderr = stdout, stderr
        cell.channel = channel
        _tidy(cell, modules, argv, orig_argv, path)
        gc.enable()


def _job():
    return report.dumps({"code": _PROGRAM, "args": [], "files": []}).encode()


def _stream(like):
    encoding = getattr(like, "encoding", None) or "utf-8"
    return TextIOWrapper(BytesIO(), encoding=encoding, line_buffering=False)


def _run(cell):
    names = sys.modules["__main__"].__dict__
    with open(cell.main_path, "rb") as file:
        text = file.read()
    failure = None
    try:
        exec(compile(text, cell.main_path, "exec", dont_inherit=True), names)
    except Exception as error:
        failure = error
    if failure is not None:
        failure.__traceback__ = failure.__traceback__.tb_next
    box = [failure]
    failure = None
    cell.ending.after_program(box)
    ending.flush_files()


def _tidy(cell, modules, argv, orig_argv, path):
    try:
        unlink("main.py")
    except FileNotFoundError:
        pass
    cell.code = ""
    cell.store.hide()
    linecache = cell.store.modules.get("linecache")
    if linecache is not None:
        # 3.13 and later print tracebacks and warnings with it.
        linecache.clearcache()
    cell.ending.matters = False
    main = sys.modules.get("__main__")
    if main is not None and main is not modules["__main__"]:
        main.__dict__.clear()
    for name in [name for name in sys.modules if name not in modules]:
        del sys.modules[name]
    sys.modules.update(modules)
    sys.argv = argv
    if orig_argv is not None:
        sys.orig_argv = orig_argv
    sys.path[:] = path
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        sys.__dict__.pop(name, None)
    sys.path_importer_cache.pop(cell.main_path, None)
    sys.path_importer_cache.pop(cell.workdir, None)
    gc.collect(0)
