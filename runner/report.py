"""What the runner tells the service: frames of JSON on a descriptor of their own.

A frame is a length (4 bytes, little-endian) and that many bytes of JSON, 64 KiB at the most. Nothing here may raise
or leave the program waiting: it can have closed the descriptor, and its exceptions can do anything when looked at.
"""

from itertools import islice
from json import dumps
from posix import getpid, write

from . import hints

_FRAME = 64 * 1024
# Long enough for any message that is read; a frame must hold it with every character escaped.
_FIELDS = {"type": 300, "message": 3000, "source": 1000, "hint": 500}


class Channel:
    def __init__(self, fd):
        self.fd = fd
        self.owner = None

    def open(self):
        """From here on, this process may send; a child that the program forks off may not speak for it."""
        self.owner = getpid()

    def started(self):
        """Says that the job is in place: from here on whatever happens is the program's doing."""
        try:
            write(self.fd, b'\x10\0\0\0{"started":true}')
        except OSError:
            pass

    def send(self, frame):
        if getpid() != self.owner:
            return
        try:
            # Escaped to ASCII, so that no text of a program's can make the frame invalid.
            body = dumps(frame).encode("ascii")
            if len(body) > _FRAME:
                return
            body = len(body).to_bytes(4, "little") + body
            while body:
                body = body[write(self.fd, body) :]
        except Exception:
            # Closed by the program, or nobody reads any more: the run itself goes on.
            pass


def whole(text):
    """The text with lone surrogates replaced: the other side takes valid Unicode only."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def describe(exc, main_path, code):
    """The frame for an uncaught exception."""
    error = dict.fromkeys(("type", "message", "line", "column", "source", "hint"))
    kind = type(exc)
    frame = None
    syntax = False
    try:
        error["type"] = type_name(kind)
        error["message"] = message(exc)
        entry = innermost(exc.__traceback__, main_path)
        if issubclass(kind, SyntaxError) and SyntaxError.filename.__get__(exc) == main_path:
            syntax = entry is None
            line = SyntaxError.lineno.__get__(exc)
            if type(line) is int and line > 0:
                error["line"] = line
                error["source"] = source_line(code, line)
                column = SyntaxError.offset.__get__(exc)
                if type(column) is int and column > 0:
                    error["column"] = column
        elif entry is not None:
            frame = entry.tb_frame
            error["line"] = line = entry.tb_lineno
            error["source"] = source_line(code, line)
            error["column"] = column_of(entry, error["source"])
        error["hint"] = hints.hint(exc, frame, error["line"], code)
    except BaseException:
        # Whatever the program's classes did when they were looked at: report what is known.
        pass
    for field, limit in _FIELDS.items():
        value = error[field]
        if value is not None:
            error[field] = whole(value[:limit])
    return {"error": error, "syntax_error": syntax}


def type_name(kind):
    """As a traceback prints it."""
    name = type.__dict__["__qualname__"].__get__(kind)
    module = type.__dict__["__module__"].__get__(kind)
    if type(module) is not str or module in ("builtins", "__main__"):
        return name
    return module + "." + name


def message(exc):
    if issubclass(type(exc), SyntaxError):
        text = exc.msg
        return text if type(text) is str else str(text)
    try:
        text = str(exc)
        # A subclass of str could run code when it is used.
        return str.__str__(text) if type(text) is str else str.__getitem__(text, slice(None))
    except BaseException:
        return "<exception str() failed>"


def innermost(entry, main_path):
    """The last entry of a traceback that stands in main.py."""
    found = None
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == main_path:
            found = entry
        entry = entry.tb_next
    return found


def source_line(code, number):
    # Python ends lines at these alone, unlike `splitlines`.
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else None


def column_of(entry, source):
    positions = getattr(entry.tb_frame.f_code, "co_positions", None)
    if positions is None or source is None or entry.tb_lasti < 0:
        return None
    where = next(islice(positions(), entry.tb_lasti // 2, None), None)
    if where is None or where[0] != entry.tb_lineno or where[2] is None:
        return None
    # Counted in bytes there, in characters here.
    return len(source.encode("utf-8")[: where[2]].decode("utf-8", "replace")) + 1
