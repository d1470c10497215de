"""Containers that can change, on both sides: what a call changed is written back, and some are shared for a while. Used
on both sides."""

from collections import deque

from . import wire


def snapshot(container):
    """What a container holds now, to be compared by identity later."""
    if isinstance(container, dict):
        return list(container.items())
    return bytes(container) if type(container) is bytearray else list(container)


def has_changed(container, before):
    if type(container) is bytearray:
        return bytes(container) != before
    if len(container) != len(before):
        return True
    if isinstance(container, dict):
        now = dict.items(container)
        return any(a is not c or b is not d for (a, b), (c, d) in zip(now, before))
    if type(container) is set:
        held = set(map(id, before))
        return any(id(item) not in held for item in container)
    return any(a is not b for a, b in zip(container, before))


def changes(entries, writer):
    """What has changed: a flat list of numbers and contents. `entries` are (number, container, what it held)."""
    out = []
    for number, container, old in entries:
        if has_changed(container, old):
            if isinstance(container, dict):
                out += [number, writer.pairs(["l"], container)]
            elif type(container) is bytearray:
                out += [number, ["b", container.decode("latin-1")]]
            else:
                out += [number, ["l", *[writer.value(item) for item in container]]]
    return out


def apply_changes(flat, find, reader):
    """Puts new contents into containers; `find` gives the one with a number."""
    if type(flat) is not list or len(flat) % 2:
        raise wire.Broken("not a list of changes")
    for number, content in zip(flat[::2], flat[1::2]):
        container = find(wire.index(number))
        if type(container) is bytearray:
            container[:] = reader.value(content)
            continue
        # Written as a list, but not one of the frame's own containers: it has a number already.
        items = reader.items(content)
        if isinstance(container, dict):
            fresh = list(zip(items[::2], items[1::2]))
            dict.clear(container)
            for key, value in fresh:
                dict.__setitem__(container, key, value)
        elif type(container) is list:
            container[:] = items
        else:
            container.clear()
            (container.extend if type(container) is deque else container.update)(items)


class Live:
    """Containers that both sides hold for a while: attributes that were read, and arguments that an object may have
    kept. What one side changes is told to the other with the next frame. The learner's side decides which and gives the
    numbers; both forget the oldest."""

    MOST = 32
    LONGEST = 500

    def __init__(self):
        self.entries = {}
        self.numbers = {}
        self.next = 0

    def number_of(self, container):
        return self.numbers.get(id(container))

    def get(self, number):
        try:
            return self.entries[number][0]
        except (KeyError, TypeError):
            raise wire.Broken("not a number of a container") from None

    def add(self, container, number):
        if id(container) in self.numbers:
            raise wire.Broken("a container has a number already")
        self.entries[number] = [container, snapshot(container)]
        self.numbers[id(container)] = number
        if len(self.entries) > self.MOST:
            oldest = next(iter(self.entries))
            del self.numbers[id(self.entries.pop(oldest)[0])]

    def adopt(self, containers, first=0, end=None):
        """Takes some containers in: [number, place] of each, for the other side."""
        out = []
        for place, container in enumerate(containers[:end]):
            if place < first:
                continue
            if len(container) <= self.LONGEST and id(container) not in self.numbers:
                self.add(container, self.next)
                out.append([self.next, place])
                self.next += 1
        return out

    def news(self, writer):
        """What was changed here since the last frame."""
        out = changes([(number, *entry) for number, entry in self.entries.items()], writer)
        self.settle(out)
        return out

    def take(self, flat, reader):
        """Does what was done on the other side."""
        apply_changes(flat, self.get, reader)
        self.settle(flat)

    def settle(self, flat):
        for number in flat[::2]:
            entry = self.entries[number]
            entry[1] = snapshot(entry[0])
