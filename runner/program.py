"""One cell: a throw-away run while it waits, then its only job up to the point where the program starts."""

import sys
from _frozen_importlib_external import SourceFileLoader
from binascii import a2b_base64
from posix import O_CLOEXEC, O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY, close, getcwd, mkdir, open, write

from . import finish as ending
from . import interactive, rehearsal, report

_NEW = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
_Module = type(sys)
# What the service says of a job, as in `crates/sandbox/src/abi.rs`.
_SHOWS_END, _GRADED = 2, 4
# Of a program that has nothing beside it.
_ALONE = ("main",)
_RUN = compile("__run__()", "<runner/grading>", "exec")


class Cell:
    """The state of this process: what a plain interpreter looks like, and what is known about the job."""

    workdir = None

    def __init__(self, store, parse, workdir, report_fd, main_items, side, is_for_tests):
        self.store = store
        self.parse = parse
        self.channel = report.Channel(report_fd)
        self.main_items = main_items
        # New texts, side by side: a cell copies the page of each that it uses.
        self.path = [(entry + "/")[:-1] for entry in sys.path if entry not in ("", workdir)]
        sys.argv = ["main.py"]
        self.orig_argv = getattr(sys, "orig_argv", None)
        if self.orig_argv is not None:
            self.orig_argv = sys.orig_argv = [(self.orig_argv or ["python3"])[0], "main.py"]
        self.code = ""
        self.is_graded = False
        # Its side of a graded run, if it has been made.
        self.ready = None
        self.side = side
        self.is_for_tests = is_for_tests
        self.ending = ending.Ending(self)
        if workdir is not None:
            self.stand_in((workdir + "/")[:-1])

    def stand_in(self, workdir):
        """Has everything as it is when the first line of a program in this folder runs, but for the program."""
        self.workdir = workdir
        self.main_path = path = workdir.rstrip("/") + "/main.py"
        self.program_path = [workdir, *self.path]
        # Where tests run, nothing that the learner's code wrote may be imported.
        self.import_from(self.path if self.is_for_tests else self.program_path)
        # Python asks first whether the file is a folder or an archive to run, and remembers that it is not.
        sys.path_importer_cache[path] = None
        self.main_names = names = dict(self.main_items)
        names["__loader__"] = SourceFileLoader("__main__", path)
        names["__file__"] = path
        if sys.version_info < (3, 15):
            names["__cached__"] = None
        self.renew_main()

    def import_from(self, path):
        self.store.path = path
        sys.path[:] = path

    def renew_main(self):
        """A new `__main__`: what is older than the freeze is in no garbage collection, and a program's globals have to be."""
        main = _Module("__main__")
        names = main.__dict__
        names.clear()
        names.update(self.main_names)
        if "__annotations__" in names:
            names["__annotations__"] = {}
        sys.modules["__main__"] = main

    def settle(self):
        if self.workdir is None:
            # Without a mount namespace each cell has a folder of its own, and stands in it.
            self.stand_in(getcwd())

    def text(self, code, kind):
        """Takes a program whose `main.py` has been written and that has nothing beside it; returns as `prepare` does."""
        self.settle()
        if "import" in code:
            self.store.knows_folder(_ALONE)
        self.begin(code, kind)
        return self.grade(None) if kind & _GRADED else None

    def prepare(self, job, kind):
        """Sets everything up as `python3 main.py` has it when the first line runs.

        Returns None (run the file) or a code object to evaluate in `__main__`'s dictionary instead.
        """
        self.settle()
        job = self.parse(job)
        code, args, role = job["code"], job.get("args"), job["grade"]["role"] if "grade" in job else None
        write_files(job.get("files") or ())
        if role != "tests":
            create("main.py", code.encode("utf-8"))
        if role == "both":
            self.import_from(self.program_path)
        if args:
            sys.argv += args
            if self.orig_argv is not None:
                sys.orig_argv += args
        self.begin(code, kind)
        if role is not None:
            return self.grade(job)
        skipped = interactive.skip(code, self.main_path) if job.get("skip_interactive") else None
        if skipped is None:
            return None
        program, notices = skipped
        self.channel.send({"notices": notices})
        return program

    def begin(self, code, kind):
        """From here on whatever happens is the program's doing."""
        if self.store.aged:
            self.store.refresh()
        self.code = code
        self.ending.matters = kind & _SHOWS_END
        self.channel.open()
        self.channel.started()

    def grade(self, job):
        """One side of a graded run, or both in one process; see `grading/`."""
        self.is_graded = True
        sys.modules["__main__"].__dict__["__run__"] = self.side.role(self, job)
        return _RUN

    def finish(self, exc):
        """Does what Python does after the program; returns the exit status, or minus a signal's number."""
        if self.is_graded:
            ending.trim(exc, self.main_path)
        return self.ending.run(exc)

    def rehearse(self):
        """Runs a throw-away program so that its page faults are paid before a caller waits, and leaves no trace."""
        self.settle()
        rehearsal.rehearse(self)
        self.side.ready(self)


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
