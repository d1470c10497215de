"""Stands in for the native part: boots the runner in a fresh interpreter and forks a child for each job.

Started by `harness.py` as `python3 zygote.py`; reads one Python literal (settings and jobs) from standard input and
prints one (the results). Uses nothing that a plain start has not loaded: the runner takes note of that.
"""

import os
import sys


def load_ctypes():
    """`ctypes`, without a trace in `sys.modules`."""
    before = set(sys.modules)
    import ctypes

    for name in [name for name in sys.modules if name not in before]:
        del sys.modules[name]
    return ctypes


ctypes = load_ctypes()


# That the end of a program's objects may show (`crates/sandbox/src/abi.rs`): the service looks, here it is always so.
SHOWS_END = 2


def run_file(path, names):
    """As the native part does it: errors in a file's syntax are found by another tokenizer than those in a text."""
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    run = ctypes.pythonapi.PyRun_FileExFlags
    run.restype = ctypes.py_object
    file = ctypes.c_void_p(libc.fopen(path.encode(), b"rb"))
    run(file, ctypes.c_char_p(path.encode()), 257, ctypes.py_object(names), ctypes.py_object(names), 1, None)


def run_child(functions, job, folder, channel):
    rehearse, text, prepare, finish = functions
    for fd, name, flags in (
        (0, "stdin", os.O_RDONLY),
        (1, "stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        new = os.open(folder + "/" + name, flags, 0o644)
        os.dup2(new, fd)
        os.close(new)
    if job.get("rehearse", True):
        rehearse()
    for fd in job.get("close", ()):
        os.close(fd)
    if "text" in job:
        with open("main.py", "xb") as file:
            file.write(job["text"].encode("utf-8"))
        code = text(job["text"], SHOWS_END)
    else:
        code = prepare(job["json"], SHOWS_END)
    names = sys.modules["__main__"].__dict__
    failure = None
    try:
        if code is None:
            run_file(names["__file__"], names)
        else:
            exec(code, names)
    except BaseException as error:
        failure = error
    del names, code
    if failure is not None:
        trace = failure.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        failure.__traceback__ = trace
        del trace
    box = [failure]
    failure = None
    return finish(box)


def empty(folder):
    for name in os.listdir(folder):
        path = folder + "/" + name
        if os.path.isdir(path) and not os.path.islink(path):
            empty(path)
            os.rmdir(path)
        else:
            os.unlink(path)


def main():
    import builtins

    order = eval(sys.stdin.buffer.read())
    main = sys.modules["__main__"]
    for name in [name for name in main.__dict__ if not name.startswith("__")] + ["__file__", "__cached__"]:
        main.__dict__.pop(name, None)
    main.__doc__ = None
    sys.path_importer_cache.pop(sys.path.pop(0), None)
    names = {"__builtins__": builtins, "__name__": "<runner/boot.py>"}
    exec(compile(order["boot"], "<runner/boot.py>", "exec"), names)
    functions = names["boot"](order["bundle"], order["settings"])()
    results = []
    os.chdir(order["workdir"])
    for job in order["jobs"]:
        reader, writer = os.pipe()
        os.dup2(writer, order["report_fd"])
        os.close(writer)
        with open(order["folder"] + "/stdin", "wb") as file:
            file.write(job.get("stdin", b""))
        child = os.fork()
        if not child:
            os.close(reader)
            status = 255
            try:
                status = run_child(functions, job, order["folder"], order["report_fd"])
            except BaseException:
                sys.__excepthook__(*sys.exc_info())
                sys.stderr.flush()
                os._exit(199)
            if status < 0:
                # The native part restores the default action.
                ctypes.CDLL(None).signal(-status, None)
                os.kill(os.getpid(), -status)
            os._exit(status)
        os.close(order["report_fd"])
        frames = b""
        while True:
            piece = os.read(reader, 1 << 16)
            if not piece:
                break
            frames += piece
        os.close(reader)
        status = os.waitpid(child, 0)[1]
        texts = []
        for name in ("stdout", "stderr"):
            with open(order["folder"] + "/" + name, "rb") as file:
                texts.append(file.read())
        results.append((status, texts[0], texts[1], frames))
        empty(order["workdir"])
    sys.stdout.write(repr(results))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    # Once more, in a dictionary of its own: `__main__` has to be as a plain start leaves it.
    with open(__file__) as own:
        exec(compile(own.read(), __file__, "exec"), {"__name__": "<driver>", "__file__": __file__})
else:
    main()
