# expect: status=ok|error|killed
# claim: F62 — builtins, modules, json.dumps, the environment and random, changed by one run, are as new in the next
CHANGES = r"""
random.seed(1)
random.random = lambda: 0.5
json.dumps = lambda *rest, **more: "POISON"
json.loads = json.dumps
math.pi = 3
os.environ["POISON"] = "1"
os.environ["PYTHONSTARTUP"] = "/tmp/poison.py"
os.putenv("POISON2", "1")
os.umask(0o777)
os.chdir("/")
os.getcwd = lambda: "POISON"
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGUSR1})
signal.setitimer(signal.ITIMER_PROF, 3600)
decimal.getcontext().prec = 2
logging.disable(logging.CRITICAL)
logging.getLogger().handlers.append(None)
warnings.simplefilter("error")
gc.disable()
gc.set_threshold(1)
gc.unfreeze()
threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
atexit.register(lambda: os.write(1, b"POISON"))
sys.path.insert(0, "/tmp")
sys.argv.append("POISON")
sys.poisoned = True
sys.setswitchinterval(1000)
sys.displayhook = lambda *rest: print("POISON")
sys.unraisablehook = sys.displayhook
threading.excepthook = sys.displayhook
sys.modules["poison"] = types.ModuleType("poison")
sys.modules["this_module"] = sys
sys.modules.pop("string", None)
collections.OrderedDict = dict
functools.lru_cache = None
io.StringIO = None
re.compile = lambda *rest: None
builtins.poisoned = True
builtins.sorted = lambda *rest, **more: "POISON"
sys.meta_path.clear()
sys.path_hooks.clear()
sys.path_importer_cache.clear()
builtins.__build_class__ = None
builtins.__import__ = lambda *rest, **more: sys
builtins.ValueError = KeyError
builtins.isinstance = lambda *rest: True
builtins.len = lambda thing: 42
builtins.print = lambda *rest, **more: None
sys.setrecursionlimit(100)
sys.excepthook = sys.displayhook
sys.stdout = None
sys.stderr = None
"""
import atexit, builtins, collections, decimal, functools, gc, io, json, logging, math, os, random, re, signal, sys
import threading, time, types, warnings

for change in CHANGES.strip().splitlines():
    try:
        exec(change)
    except BaseException as error:
        os.write(1, f"{change}: {error!r}\n".encode())
os.write(1, b"done\n")
