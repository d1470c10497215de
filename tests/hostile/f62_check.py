# expect: status=ok output=clean lacks=POISON
# claim: F62 — builtins, modules, json.dumps, the environment and random, changed by one run, are as new in the next
import builtins
import collections
import decimal
import functools
import gc
import io
import json
import logging
import math
import os
import random
import re
import signal
import sys
import threading
import warnings

checks = {
    "random": lambda: random.random() != 0.5 and random.random.__name__ == "random",
    "json": lambda: json.dumps({"a": [1]}) == '{"a": [1]}' and json.loads("[1]") == [1],
    "math": lambda: 3.14 < math.pi < 3.15,
    "environment": lambda: not any("POISON" in name for name in os.environ) and os.getenv("PYTHONSTARTUP") is None,
    "folder": lambda: os.getcwd() != "POISON" and os.path.realpath(".") == os.path.dirname(os.path.realpath(__file__)),
    "path": lambda: "/tmp" not in sys.path,
    "modules": lambda: "poison" not in sys.modules and "this_module" not in sys.modules,
    "import": lambda: bool(sys.meta_path and sys.path_hooks) and __import__("string").digits == "0123456789",
    "hooks": lambda: sys.excepthook is sys.__excepthook__ and sys.unraisablehook is sys.__unraisablehook__,
    "display": lambda: sys.displayhook is sys.__displayhook__,
    "thread hook": lambda: "POISON" not in str(threading.excepthook),
    "recursion": lambda: sys.getrecursionlimit() == 1000,
    "switch": lambda: sys.getswitchinterval() == 0.005,
    "arguments": lambda: len(sys.argv) == 1,
    "marker": lambda: not hasattr(sys, "poisoned") and not hasattr(builtins, "poisoned"),
    "builtins": lambda: sorted([2, 1]) == [1, 2] and len("abc") == 3 and not isinstance(1, str),
    "errors": lambda: ValueError.__name__ == "ValueError" and ValueError is not KeyError,
    "classes": lambda: type("A", (), {}).__name__ == "A" and bool(builtins.__build_class__),
    "ordered": lambda: collections.OrderedDict is not dict and list(collections.OrderedDict(a=1).items()) == [("a", 1)],
    "cache": lambda: functools.lru_cache is not None and io.StringIO("x").read() == "x",
    "patterns": lambda: re.compile("a+").match("aaa").end() == 3,
    "decimal": lambda: decimal.getcontext().prec == 28,
    "logging": lambda: logging.root.manager.disable == 0 and logging.getLogger().handlers == [],
    "warnings": lambda: not any(entry[0] == "error" and entry[2] is Warning for entry in warnings.filters),
    "signals": lambda: signal.getsignal(signal.SIGTERM) == signal.SIG_DFL and not signal.pthread_sigmask(signal.SIG_BLOCK, ()),
    "collector": lambda: gc.isenabled() and gc.get_threshold()[0] > 1,
    "mask": lambda: os.umask(0o022) in (0o022, 0o002, 0o077, 0o027),
    "streams": lambda: sys.stdout is sys.__stdout__ and sys.stderr is sys.__stderr__,
    "threads": lambda: threading.active_count() == 1,
}
problems = []
for name, check in checks.items():
    try:
        if not check():
            problems.append(name)
    except BaseException as error:
        problems.append(f"{name}: {error!r}")
print("HOLE: " + ", ".join(problems) if problems else "clean")
