"""Throw-away runs: in the zygote, for all cells, and in each cell that waits.

In the zygote, for what every cell then finds done: bytecode that has become fast, caches of methods that are filled,
and whatever else Python leaves until it is first needed. A cell shares those pages until it writes to them, and each
first write costs a page fault: running a small program through the very paths that the job will take pays for them
before a caller waits.
"""

import gc
import sys
from _io import BytesIO, TextIOWrapper
from posix import close, dup, dup2, pipe

from . import finish as ending
from . import report

# What beginners' programs do.
_PROGRAM = '''\
import math

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


# What each waiting cell pays for, in time and memory: little, but for what every program needs, and for two modules that
# bring many others along and are dear when they come cold (`random` takes a new seed from the kernel). All of the above
# would make it a third larger, and spare a program that does it all less than is measured from one run to the next.
_LITTLE = '''\
import dataclasses, math, random

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(6), [i * i for i in range(9)], sep=" | ")
'''

# A channel at whose other end nobody is.
_NOBODY = report.Channel(-1)

# Tracebacks and warnings are printed with it.
_USES_LINECACHE = sys.version_info >= (3, 13)

# As often as bytecode has to run before CPython makes it fast (8 times in 3.11), and a few more.
_TIMES = 12


def ahead(cell):
    """The runs in the zygote. Nothing is read, written or sent: here is no sandbox, and the folder is somebody's."""
    store, place, streams = cell.store, cell.workdir, (sys.stdout, sys.stderr)
    forks, store.forks = store.forks, {}
    try:
        if place is None:
            cell.stand_in("/")
        sys.stdout, sys.stderr = _stream(), _stream()
        for _ in range(_TIMES):
            _go_through(cell, _PROGRAM)
    finally:
        sys.stdout, sys.stderr = streams
        store.forks = forks
        if place is None:
            cell.workdir = None
            cell.import_from(cell.path)
            del sys.path_importer_cache[cell.main_path]


def rehearse(cell):
    """The run in a cell: with the stream that the program will print to, but to where nobody reads, and where there is room:
    what could not be written would be written with the program's first words."""
    kept, (nobody, sink) = dup(1), pipe()
    try:
        dup2(sink, 1)
        _go_through(cell, _LITTLE)
    finally:
        dup2(kept, 1)
        for fd in (kept, nobody, sink):
            close(fd)


def _go_through(cell, text):
    """Runs a program, takes it to its end, does this side's part of a graded run, and removes every trace.

    What is known without it is not looked up here: to go through `sys.modules` alone would copy eighty pages.
    """
    channel, cell.channel = cell.channel, _NOBODY
    # Collections of what the zygote left must not fall into the run.
    gc.disable()
    try:
        cell.text(text, 0)
        _run(cell, text)
        if cell.is_for_tests:
            # They come as JSON.
            cell.parse(b'{"code": "", "args": [], "files": [], "grade": {"role": "tests", "timeout_ms": 1}}')
        cell.side.rehearse(cell)
    finally:
        cell.channel = channel
        _tidy(cell)
        gc.enable()


def _stream():
    return TextIOWrapper(BytesIO(), encoding="utf-8")


def _run(cell, text):
    try:
        exec(compile(text, cell.main_path, "exec", dont_inherit=True), sys.modules["__main__"].__dict__)
        cell.ending.after_program([])
    finally:
        ending.flush_files()


def _tidy(cell):
    cell.code = ""
    cell.store.hide()
    linecache = cell.store.modules.get("linecache") if _USES_LINECACHE else None
    if linecache is not None:
        linecache.clearcache()
    cell.renew_main()
    modules = cell.store.plain
    if len(sys.modules) != len(modules):
        for name in [name for name in sys.modules if name not in modules]:
            del sys.modules[name]
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        sys.__dict__.pop(name, None)
    sys.path_importer_cache.pop(cell.workdir, None)
    gc.collect(0)
