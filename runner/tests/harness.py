"""Runs programs through the runner, and the same programs as `python3 main.py`, in the same folder."""

import ast
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RUNNER = os.path.dirname(HERE)
REPORT_FD = 200

# The tests import the runner's modules as `runner.hints`, too.
sys.path.insert(0, os.path.dirname(RUNNER))


def bundle():
    texts = {}
    for folder, prefix in ((RUNNER, ""), (os.path.join(RUNNER, "grading"), "grading.")):
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and name not in ("boot.py", "__init__.py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    texts[prefix + name[:-3]] = file.read()
    return json.dumps(texts).encode()


_VARIES = re.compile(
    r"0x[0-9a-f]{6,}|(?<=refcount : )\d+|(?<=repeated )\d+(?= more times)|(?<=MainThread, started )\d+"
)


class Result:
    def __init__(self, status, stdout, stderr, frames=b""):
        self.status = status
        self.stdout = stdout.decode("utf-8", "replace")
        self.stderr = stderr.decode("utf-8", "replace")
        self.frames = []
        while frames:
            (length,) = struct.unpack("<I", frames[:4])
            frame = json.loads(frames[4 : 4 + length])
            # That the job is in place is said by every run.
            if frame != {"started": True}:
                self.frames.append(frame)
            frames = frames[4 + length :]

    def key(self):
        """What is compared: all but addresses, and how many frames fit beneath the limit (the stand-in has some)."""
        text = self.stdout + "\0" + self.stderr
        text = _VARIES.sub("N", text)
        return (self.status, *text.split("\0", 1))

    @property
    def error(self):
        for frame in self.frames:
            if "error" in frame:
                return frame["error"]
        return None

    @property
    def notices(self):
        return [notice for frame in self.frames for notice in frame.get("notices", ())]


def job(code, args=(), files=(), stdin="", skip_interactive=False, **more):
    body = {"code": code, "args": list(args), "files": list(files), "skip_interactive": skip_interactive}
    more.update(json=json.dumps(body).encode(), stdin=stdin.encode(), plain=body)
    if not args and not files and not skip_interactive:
        # As the service has it: a program with nothing beside it is its own job.
        more["text"] = code
    return more


class Place:
    """A folder for one test case; removed at its end."""

    def __init__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix="runner-test-"))
        self.workdir = os.path.join(self.top, "work")
        self.folder = os.path.join(self.top, "streams")
        os.mkdir(self.workdir)
        os.mkdir(self.folder)

    def close(self):
        shutil.rmtree(self.top, ignore_errors=True)

    def run(self, jobs, preload=None):
        """Runs the jobs in cells of one zygote."""
        with open(os.path.join(RUNNER, "boot.py"), encoding="utf-8") as file:
            boot = file.read()
        settings = {"report_fd": REPORT_FD, "workdir": self.workdir, "preload": preload}
        order = {
            "boot": boot,
            "bundle": bundle(),
            "settings": json.dumps(settings).encode(),
            "workdir": self.workdir,
            "folder": self.folder,
            "report_fd": REPORT_FD,
            "jobs": [{key: value for key, value in each.items() if key != "plain"} for each in jobs],
        }
        done = subprocess.run(
            [sys.executable, os.path.join(HERE, "zygote.py")],
            input=repr(order).encode(),
            stdout=subprocess.PIPE,
            env=clean_environment(),
            timeout=300,
        )
        if done.returncode or not done.stdout:
            raise AssertionError("the zygote failed: %r" % done)
        return [Result(*each) for each in ast.literal_eval(done.stdout.decode())]

    def plain(self, each):
        """Runs one job as `python3 main.py`."""
        body = each["plain"]
        for path, content, is_base64 in body["files"]:
            assert not is_base64
            path = os.path.join(self.workdir, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(content)
        with open(os.path.join(self.workdir, "main.py"), "w", encoding="utf-8", newline="") as file:
            file.write(body["code"])
        done = subprocess.run(
            [sys.executable, "main.py", *body["args"]],
            input=each["stdin"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.workdir,
            env=clean_environment(),
            timeout=60,
        )
        shutil.rmtree(self.workdir)
        os.mkdir(self.workdir)
        code = done.returncode
        return Result(-code if code < 0 else code << 8, done.stdout, done.stderr)


def clean_environment():
    # No byte code in the learner's folder, as in a cell where the program's own files are new each time.
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
