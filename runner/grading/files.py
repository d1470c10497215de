"""Files that one side writes and the other reads: what changed in the working directory and in the folder for temporary
files travels with questions and answers, where the tests have to do with files at all. Used on both sides.

From the learner's side nothing comes that Python or pytest would take for code or settings.
"""

import os
import stat
from tempfile import gettempdir

_FILES_MAX = 200
_BYTES_MAX = 2 << 20
_REFUSED = (".py", ".pyc", ".pyd", ".so", ".pth", ".ini", ".cfg", ".toml", ".egg", ".zip")


class Folders:
    """What is known of both folders."""

    def __init__(self, is_trusting=True):
        self.roots = [os.getcwd(), gettempdir()]
        self.is_trusting = is_trusting
        self.known = {}

    def news(self):
        """What has changed since it was asked last: [root, path, content, mode]; True
        stands for a folder, None for what is gone; only what fits."""
        found = {}
        out = []
        room = _BYTES_MAX
        for number, root in enumerate(self.roots):
            for path, info in _walk(root):
                found[(number, path)] = mark = _mark(info)
                if stat.S_ISDIR(info.st_mode):
                    if (number, path) not in self.known:
                        out.append([number, path, True, 0o755])
                    continue
                if self.known.get((number, path)) == mark or info.st_size > room:
                    continue
                try:
                    with open(os.path.join(root, path), "rb") as file:
                        content = file.read(room + 1)
                except OSError:
                    continue
                if len(content) <= room:
                    room -= len(content)
                    out.append([number, path, content.decode("latin-1"), stat.S_IMODE(info.st_mode) & 0o777])
        for number, path in sorted(self.known.keys() - found.keys(), reverse=True):
            out.append([number, path, None, 0])
        self.known = found
        return out

    def take(self, news):
        """Does to the folders what was done on the other side."""
        if type(news) is not list or len(news) > 2 * _FILES_MAX:
            raise ValueError("not a list of files")
        for number, path, content, mode in news:
            parts = path.split("/")
            if any(part in ("", ".", "..") for part in parts) or "\0" in path:
                raise ValueError("not a path")
            if not self.is_trusting and path.lower().endswith(_REFUSED):
                continue
            target = os.path.join(self.roots[number], *parts)
            try:
                if content is True:
                    os.makedirs(target, exist_ok=True)
                elif content is None:
                    os.rmdir(target) if os.path.isdir(target) else os.unlink(target)
                else:
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
                    with open(os.open(target, flags, 0o644), "wb") as file:
                        file.write(content.encode("latin-1"))
                        os.fchmod(file.fileno(), mode & 0o777)
            except OSError:
                continue
            self.note(number, path, target)

    def note(self, number, path, target):
        try:
            self.known[(number, path)] = _mark(os.lstat(target))
        except OSError:
            self.known.pop((number, path), None)


def _mark(info):
    """What tells that a file has changed."""
    if stat.S_ISDIR(info.st_mode):
        return "folder"
    return info.st_mtime_ns, info.st_size, info.st_ino, info.st_mode


def _walk(root):
    """Regular files and folders beneath a folder, at most three folders deep and not too many."""
    count = 0
    todo = [("", 0)]
    while todo:
        folder, depth = todo.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except OSError:
            continue
        for entry in entries:
            path = folder + "/" + entry.name if folder else entry.name
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(info.st_mode):
                if depth < 4 and entry.name != "__pycache__":
                    todo.append((path, depth + 1))
                    yield path, info
            elif stat.S_ISREG(info.st_mode):
                count += 1
                if count > _FILES_MAX:
                    return
                try:
                    path.encode("utf-8")
                except UnicodeEncodeError:
                    continue
                yield path, info
