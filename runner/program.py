"""One cell: a throw-away run while it waits, then its only job up to the point where the program starts."""

import sys
from _frozen_importlib_external import SourceFileLoader
from binascii import a2b_base64
from posix import O_CLOEXEC, O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY, close, getcwd, mkdir, open, write

from . import finish as ending
from . import interactive, rehearsal, report

_NEW = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
_Module = type(sys)


class Cell:
    """The state of this process: what a plain interpreter looks like, and what is known about the job."""

    workdir = None

    def __init__(self, store, parse, workdir, report_fd, main, main_items, rehearse_role, is_for_tests):
        self.store = store
        self.parse = parse
        self.channel = report.Channel(report_fd)
        # The native part may hold on to the first `__main__`; it is never used again.
        self.first_main = main
        self.main_items = main_items
        # New texts, side by side: a cell copies the page of each that it uses.
        self.path = [(entry + "/")[:-1] for entry in sys.path if entry not in ("", workdir)]
        sys.path[:] = self.path
        sys.argv = ["main.py"]
        self.orig_argv = getattr(sys, "orig_argv", None)
        if self.orig_argv is not None:
            self.orig_argv = sys.orig_argv = [(self.orig_argv or ["python3"])[0], "main.py"]
        self.code = ""
        self.is_graded = False
        self.rehearse_role = rehearse_role
        self.is_for_tests = is_for_tests
        self.ending = ending.Ending(self)
        if workdir is not None:
            self.stand_in(workdir)

    def stand_in(self, workdir):
        self.workdir = workdir
        self.main_path = path = workdir.rstrip("/") + "/main.py"
        # Where tests run, nothing that the learner's code wrote may be imported.
        self.program_path = [workdir, *self.path]
        self.main_names = names = dict(self.main_items)
        names["__loader__"] = SourceFileLoader("__main__", path)
        names["__file__"] = path
        if sys.version_info < (3, 15):
            names["__cached__"] = None

    def settle(self):
        if self.workdir is None:
            # Without a mount namespace each cell has a folder of its own, and stands in it.
            self.stand_in(getcwd())

    def prepare(self, job):
        """Sets everything up as `python3 main.py` has it when the first line runs.

        Returns None (run the file) or a code object to evaluate in `__main__`'s dictionary instead.
        """
        self.settle()
        job = self.parse(job)
        code = job["code"]
        files = job.get("files")
        if files:
            write_files(files)
        if "grade" in job:
            return self.prepare_grading(job)
        self.start(code, job.get("args") or [])
        self.ending.watch(code, files)
        self.channel.started()
        if job.get("skip_interactive") and interactive.may_apply(code):
            skipped = interactive.skip(code, self.main_path)
            if skipped is not None:
                program, notices = skipped
                self.channel.send({"notices": notices})
                return program
        return None

    def prepare_grading(self, job):
        """One side of a graded run, or both in one process; see `grading/`."""
        self.is_graded = True
        code, role = job["code"], job["grade"]["role"]
        names = self.start(code, job.get("args") or [], role != "tests")
        # For the end of a tests cell nobody waits, and it is not shown.
        if role != "tests":
            self.ending.watch(code, job.get("files") or role != "program")
        self.channel.started()
        if role == "program":
            from .grading import learner as side
        else:
            from .grading import examiner as side
        names["__run__"] = side.role(self, job)
        return compile("__run__()", "<runner/grading>", "exec")

    def start(self, code, args, is_program=True):
        if is_program:
            self.create("main.py", code.encode("utf-8"))
        self.channel.open()
        self.code = code
        if args:
            sys.argv += args
            if self.orig_argv is not None:
                sys.orig_argv += args
        if self.store.aged:
            self.store.refresh()
        self.store.path = self.program_path if is_program else self.path
        sys.path[:] = self.store.path
        if self.main_path not in sys.path_importer_cache:
            # Python asks first whether the file is a folder or an archive to run, and remembers that it is not.
            sys.path_importer_cache[self.main_path] = None
        # A new module each time: the first one is among the frozen objects, which no garbage collection looks at,
        # and a program's globals must be collected at its end.
        main = _Module("__main__")
        names = main.__dict__
        names.clear()
        names.update(self.main_names)
        if "__annotations__" in names:
            names["__annotations__"] = {}
        sys.modules["__main__"] = main
        return names

    def finish(self, exc):
        """Does what Python does after the program; returns the exit status, or minus a signal's number."""
        if self.is_graded:
            ending.trim(exc, self.main_path)
        return self.ending.run(exc)

    def create(self, path, data):
        create(path, data)

    def rehearse(self):
        """Runs a throw-away program so that its page faults are paid before a caller waits, and leaves no trace."""
        self.settle()
        rehearsal.rehearse(self)


def write_files(files):
    for path, content, is_base64 in files:
        parts = path.split("/")
        if "\0" in path or any(part in ("", ".", "..") for part in parts):
            raise ValueError("a file's path must be relative and plain: %r" % path)
        for end in range(1, len(parts)):
            try:
                mkdir("/".join(parts[:end]), 0o755)
            except FileExistsError:
                pass
        create(path, a2b_base64(content) if is_base64 else content.encode("utf-8"))


def create(path, data):
    """Writes a file that must not exist; nothing follows a link on the way out of the folder."""
    fd = open(path, _NEW, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[write(fd, view) :]
    finally:
        close(fd)
