"""Frames on the cell's channel. Used on both sides."""

from posix import read, write

from . import wire

_CHUNK = 1 << 16
# No frame of the other side is longer; the service sees to it.
_FRAME_MAX = 32 << 20


class Closed(Exception):
    """Nobody is at the other end."""


class Frames:
    """Reads and writes frames; one that was begun is never lost when reading is interrupted between two reads."""

    def __init__(self, fd):
        self.fd = fd
        self.buffer = bytearray()

    def send(self, item):
        body = memoryview(wire.frame(item))
        while body:
            body = body[write(self.fd, body) :]

    def next_begins(self, text):
        """Whether the next item is there, whole, and begins so. To be asked when there is something to read."""
        buffer = self.buffer
        buffer += read(self.fd, _CHUNK)
        return len(buffer) >= 4 and len(buffer) >= 4 + int.from_bytes(buffer[:4], "little") and buffer[4:].startswith(text)

    def receive(self, wait=None):
        """The next item; `wait` is called before each read that could block."""
        buffer = self.buffer
        while True:
            if len(buffer) >= 4:
                end = 4 + int.from_bytes(buffer[:4], "little")
                if end > _FRAME_MAX:
                    raise wire.Broken("a frame is too long")
                if len(buffer) >= end:
                    body = bytes(buffer[4:end])
                    del buffer[:end]
                    return wire.parse(body)
            if wait is not None:
                wait()
            chunk = read(self.fd, _CHUNK)
            if not chunk:
                raise Closed
            buffer += chunk
