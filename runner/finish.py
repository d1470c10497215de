"""What Python does after the program, in its order, without taking the interpreter apart.

After `pythonrun.c` and `pylifecycle.c`: the streams are flushed, the exception is printed (or its exit code taken),
non-daemon threads are waited for, `atexit` handlers run, the streams are flushed once more (a failure is exit code
120), and then modules are dropped. Of the last step a program sees only what its own objects do when they go:
`__del__`, `finally` in a suspended generator, files that were never closed, coroutines that nobody awaited. That part
is done for what the program made, and the rest of `Py_Finalize` (5 ms) is left out.
"""

import atexit
import builtins
import gc
import sys
from _signal import SIG_DFL, getsignal, signal
from posix import write
from weakref import ref

from . import report

_display = sys.__excepthook__
_Module = type(sys)
_SIGINT = 2

# What the message about a stream that cannot be flushed says, from the version on that says more than the object.
_FLUSHING = None
if sys.version_info >= (3, 13):
    _FLUSHING = "Exception ignored %s flushing sys.stdout" % ("on" if sys.version_info < (3, 14) else "while")

# Set to None before any module goes, as in finalize_modules_delete_special().
_SYS_NONE = ("path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback")
_SYS_NONE += ("path_hooks", "path_importer_cache", "meta_path", "__interactivehook__")


def _unraisable_type():
    """The type of the argument of `sys.unraisablehook`; it has no name anywhere."""
    seen = []

    class Probe:
        def __del__(self):
            raise ValueError

    hook = sys.unraisablehook
    sys.unraisablehook = lambda args: seen.append(type(args))
    try:
        Probe()
    finally:
        sys.unraisablehook = hook
    return seen[0]


_Unraisable = _unraisable_type()


# A text of its own: that of a literal is everybody's, and a cell copies the page of each that it uses.
_THREADING = "".join(("thread", "ing"))


def write_stderr(text):
    """PySys_WriteStderr: to sys.stderr, or past it when it is gone or broken."""
    try:
        sys.stderr.write(text)
    except BaseException:
        try:
            write(2, text.encode("utf-8", "backslashreplace"))
        except OSError:
            pass


def unraisable(exc, message, thing):
    """PyErr_WriteUnraisable, without the frame of the runner that the exception came through."""
    trace = exc.__traceback__
    args = _Unraisable((type(exc), exc, trace and trace.tb_next, message, thing))
    hook = getattr(sys, "unraisablehook", None) or sys.__unraisablehook__
    try:
        hook(args)
    except BaseException:
        pass


def exit_status(value):
    """The status of a SystemExit: _Py_HandleSystemExit."""
    if isinstance(value, BaseException):
        try:
            value = value.code
        except BaseException:
            pass
    if value is None:
        return 0
    if isinstance(value, int):
        # Too large for C's long is -1 there.
        number = int.__int__(value)
        return number & 0xFF if -(1 << 63) <= number < 1 << 63 else 0xFF
    stream = getattr(sys, "stderr", None)
    try:
        text = str(value)
        if stream is not None:
            stream.write(text)
        else:
            write(2, text.encode("utf-8", "backslashreplace"))
    except BaseException:
        pass
    write_stderr("\n")
    return 1


def print_exception(exc):
    """PyErr_PrintEx for all but SystemExit; a status when the hook asked to exit."""
    kind = type(exc)
    trace = exc.__traceback__
    if sys.version_info >= (3, 12):
        sys.last_exc = exc
    sys.last_type = kind
    sys.last_value = exc
    sys.last_traceback = trace
    hook = getattr(sys, "excepthook", None)
    if hook is None and "excepthook" not in sys.__dict__:
        write_stderr("sys.excepthook is missing\n")
        _display(kind, exc, trace)
        return None
    failure = None
    try:
        hook(kind, exc, trace)
    except BaseException as error:
        failure = error
    if failure is None:
        return None
    # The first entry is this function's own.
    first = failure.__traceback__
    failure.__traceback__ = first and first.tb_next
    if issubclass(type(failure), SystemExit):
        return exit_status(failure)
    write_stderr("Error in sys.excepthook:\n")
    _display(type(failure), failure, failure.__traceback__)
    write_stderr("\nOriginal exception was:\n")
    _display(kind, exc, trace)
    return None


def flush_quietly():
    """flush_io() after the program's last line."""
    for name in ("stderr", "stdout"):
        try:
            getattr(sys, name).flush()
        except BaseException:
            pass


def flush_files():
    """flush_std_files(): False when what was printed could not be written."""
    good = True
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name, None)
        if stream is None:
            continue
        try:
            if stream.closed:
                continue
        except BaseException:
            pass
        try:
            stream.flush()
        except BaseException as error:
            good = False
            if name == "stdout":
                unraisable(error, _FLUSHING, None if _FLUSHING else stream)
    return good


def wait_for_threads(threading):
    try:
        threading._shutdown()
    except BaseException as error:
        if sys.version_info >= (3, 13):
            unraisable(error, "Exception ignored on threading shutdown", None)
        else:
            unraisable(error, None, threading)


def trim(box, path):
    """Takes the runner's own frames off the exception in a list: those before the first in the learner's file."""
    exc = box[0] if type(box) is list else box
    if exc is None:
        return
    entry = exc.__traceback__
    while entry is not None and entry.tb_frame.f_code.co_filename != path:
        entry = entry.tb_next
    exc.__traceback__ = entry


class Ending:
    """How one cell ends."""

    def __init__(self, cell):
        self.cell = cell
        # What is there before `io` and `site` add theirs: Python goes back to that before it drops the modules.
        self.builtins = {name: value for name, value in vars(builtins).items() if name not in _LATE}
        self.count = len(vars(builtins))
        self.stdout = sys.stdout
        self.stderr = sys.stderr
        # Whether dropping the program's objects can show; for most programs it cannot, and it costs time.
        self.matters = False

    def run(self, exc):
        # In a list, the exception can be let go while the caller still holds the list.
        box = exc if type(exc) is list else [exc]
        exc = None
        status = self.after_program(box)
        threading = sys.modules.get(_THREADING)
        if threading is not None:
            wait_for_threads(threading)
        try:
            atexit._run_exitfuncs()
        except BaseException:
            # 3.9 hands the last handler's exception on; it has printed it already.
            pass
        good = flush_files()
        names = sys.__dict__
        # A stream of the program's own may hold back text for the real one, which is flushed last.
        replaced = names.get("stdout") is not self.stdout or names.get("stderr") is not self.stderr
        if self.matters or replaced or len(vars(builtins)) != self.count:
            self.drop_modules()
            # By now Python has no stream any more that could fail: what is left goes out as the files are let go of.
            flush_quietly()
        return status if good else (status if status < 0 else 120)

    def after_program(self, box):
        """_PyRun_SimpleFile after the program's last line: the exit status so far."""
        flush_quietly()
        exc = box.pop() if box else None
        if exc is None:
            status = 0
        elif issubclass(type(exc), SystemExit):
            # Does not come back in C: `__file__` stays, unlike below.
            return exit_status(exc)
        else:
            status = print_exception(exc)
            self.cell.channel.send(report.describe(exc, self.cell.main_path, self.cell.code))
            if status is not None:
                return status
            status = -_SIGINT if type(exc) is KeyboardInterrupt else 1
        names = getattr(sys.modules.get("__main__"), "__dict__", None)
        if names is not None:
            names.pop("__file__", None)
            names.pop("__cached__", None)
        return status

    def drop_modules(self):
        """finalize_modules(), as far as the program's own objects notice."""
        modules = sys.modules
        store = self.cell.store
        typing = modules.get("typing")
        sys.is_finalizing = _true
        _reset_signals()
        builtins._ = None
        for name in _SYS_NONE:
            sys.__dict__[name] = None
        for name in ("stdin", "stdout", "stderr"):
            sys.__dict__[name] = sys.__dict__.get("__%s__" % name)
        left = []
        if type(modules) is dict:
            for name, module in list(modules.items()):
                if store.modules.get(name) is not module and name not in _KEEP and isinstance(module, _Module):
                    left.append(ref(module))
                module = None
        else:
            modules = {}
        # Caches of preloaded modules, which stay: the program's classes must not be held by them.
        forget = list(getattr(typing, "_cleanups", ()))
        names = {"modules": modules, "builtins": vars(builtins), "first": self.builtins, "forget": forget}
        names.update(late=[name for name in vars(builtins) if name not in self.builtins], collect=gc.collect)
        # C code that warns imports `warnings` by way of these.
        names.update(__name__="sys", __builtins__={"__import__": self.builtins["__import__"]})
        exec(_DROP, names)
        for each in reversed(left):
            module = each()
            if module is not None:
                _clear(module.__dict__)
        gc.collect()


_LATE = ("open", "quit", "exit", "copyright", "credits", "license", "help", "_")


def _drop_code():
    """Code whose frame is named as Python names the place of a warning when no frame is left: `sys:1`."""
    text = (
        "modules.clear(); [builtins.pop(name, None) for name in late]; builtins.update(first); "
        "[clear() for clear in forget]; collect()"
    )
    if sys.version_info < (3, 13):
        return compile(text, "sys", "exec")
    return compile(text, "<sys>", "exec").replace(co_firstlineno=0)


_DROP = _drop_code()

# Modules that every interpreter has and that hold nothing of the program's.
_KEEP = frozenset(sys.modules) - {"__main__"}


def _true():
    return True


def _reset_signals():
    """Handlers written in Python hold the program's globals; C lets go of them before the modules."""
    for number in range(1, 32):
        if type(getsignal(number)) is type(_true):
            try:
                signal(number, SIG_DFL)
            except (OSError, ValueError):
                pass


def _clear(names):
    """_PyModule_ClearDict: private names first, then the others."""
    for name in list(names):
        if type(name) is str and name[:1] == "_" and name[1:2] != "_":
            names[name] = None
    for name in list(names):
        if type(name) is str and name != "__builtins__" and names[name] is not None:
            names[name] = None
