"""The throw-away run of a waiting cell.

A forked interpreter shares its pages with the zygote until it writes to them, and each first write costs a page
fault. Running a small program through the very paths that the job will take pays for them before a caller waits.
"""

import gc
import sys
from _io import BytesIO, TextIOWrapper

from . import finish as ending
from . import report

_PROGRAM = '''\
import math, random
from dataclasses import dataclass

@dataclass
class Point:
    x: int
    y: float = 0.5

    def length(self):
        return math.hypot(self.x, self.y)

class Shape:
    sides = 0

    def __init__(self, name):
        self.name = name
        self._seen = {}

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

class Square(Shape):
    sides = 4

    def __init__(self, size):
        super().__init__("square")
        self.size = size

    @property
    def area(self):
        return self.size ** 2

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def evens(limit):
    for i in range(limit):
        if i % 2 == 0:
            yield i

words = "the quick brown fox jumps over the lazy dog".split()
count = {}
for word in words:
    for letter in word:
        count[letter] = count.get(letter, 0) + 1
print(sorted(count.items(), key=lambda item: (-item[1], item[0]))[:3], fib(8), list(evens(9)), sep=" | ")
print(f"{sum(i / 3 for i in range(20)):.2f}", {w[0] for w in words}, [w.title() for w in words if len(w) > 3])
print(Point(3, 4.0), Point(1).length() > 0, Square(3).area, Shape("x"), "%5d|%-5s" % (42, "ab"), "{:>8}".format("r"))
try:
    [][3]
except IndexError as error:
    print(error)
numbers = [random.random() for _ in range(300)]
numbers.sort()
table = [[0] * 20 for _ in range(20)]
print(" ".join(map(str, range(50))), 2 ** 100, divmod(17, 5), max(numbers) <= 1, None, True)
undefined_nmae
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
    with cell_open(cell.main_path) as file:
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


def cell_open(path):
    from _io import open

    return open(path, "rb")


def _tidy(cell, modules, argv, orig_argv, path):
    from posix import unlink

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
