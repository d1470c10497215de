"""Standard output and error of the learner's code, while its module is loaded and while it is asked."""

import io

_OUTPUT_CHUNK = 16 << 10
_OUTPUT_MAX = 1 << 20


class Said(io.TextIOBase):
    """Stands for standard output or error while a question is being answered: what is written goes to the tests."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, side, number, name):
        self.side = side
        self.number = number
        self.name = name
        self.held = []
        self.size = 0

    def writable(self):
        return True

    def close(self):
        # Called when it goes, too; there is nothing of its own to close.
        pass

    def fileno(self):
        return self.number

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        self.held.append(str.__str__(text))
        self.size += len(text)
        if self.size > _OUTPUT_CHUNK:
            self.let_go()
        return len(text)

    def let_go(self):
        if self.held and self.side.is_answering():
            text = "".join(self.held)
            self.held.clear()
            self.size = 0
            for start in range(0, len(text), _OUTPUT_MAX):
                self.side.frames.send(["out", self.number, text[start : start + _OUTPUT_MAX]])

    @property
    def buffer(self):
        return _Bytes(self)


class _Bytes:
    def __init__(self, text):
        self.text = text

    def write(self, data):
        self.text.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def flush(self):
        pass


class Tee(io.TextIOBase):
    """Standard output while the module is loaded: written, and kept for the tests' `output`."""

    encoding = "utf-8"

    def __init__(self, stream):
        self.stream = stream
        self.kept = []
        self.size = 0

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def writable(self):
        return True

    def close(self):
        # Called when it goes, too; there is nothing of its own to close.
        pass

    def fileno(self):
        return self.stream.fileno()

    @property
    def buffer(self):
        return _Bytes(self)

    def write(self, text):
        count = self.stream.write(text)
        if self.size < _OUTPUT_MAX:
            self.kept.append(str.__str__(text))
            self.size += count
        return count

    def flush(self):
        self.stream.flush()
