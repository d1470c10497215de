"""Values as they travel between tests and program, and the frames that carry them. Used on both sides.

A frame is a length (4 bytes, little-endian) and that many bytes of ASCII JSON. A value is written as JSON where JSON
has it (None, bool, int, finite float, str), and as `[tag, ...]` where it has not. Values of exact built-in types are
rebuilt on the other side; nothing is ever unpickled, and no name that a frame brings is looked up anywhere but in the
tables here. What is neither goes through the hooks of `Writer` and `Reader`: it stays where it is, and a reference to
it travels.

Containers that can change are numbered in the order in which they begin. One that comes again is written as its
number, so that aliases and cycles survive; after a call, those among its arguments that have changed are sent back.
"""

import builtins
import json
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath, Path, PosixPath
from uuid import UUID

# Longer ones are written in base 16: Python reads no more than 4,300 decimal digits.
_INT_BITS = 8192
_SCALARS = frozenset((type(None), bool, int, str))
_NESTED_MAX = 90
_TEXT_TAGS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}

# Classes that stand for themselves on both sides.
TYPES = {
    name: value
    for name, value in vars(builtins).items()
    if type(value) is type and not name.startswith("_")
}
NAMES = {value: name for name, value in reversed(list(TYPES.items()))}


def _make_dumps():
    """As `json.dumps`, without what that does anew for each call."""
    make, text = json.encoder.c_make_encoder, json.encoder.encode_basestring_ascii
    if make is None:
        return json.JSONEncoder(check_circular=False, separators=(",", ":")).encode
    encode = make(None, _refuse, text, None, ":", ",", False, False, True)
    return lambda item: "".join(encode(item, 0))


def _refuse(value):
    raise TypeError("%s is not JSON" % type(value).__name__)


dumps = _make_dumps()
_scan = json.JSONDecoder().scan_once


class Broken(Exception):
    """What came is no frame, or no value."""


def frame(item):
    """The bytes of a frame."""
    body = dumps(item).encode("ascii")
    return len(body).to_bytes(4, "little") + body


def parse(body):
    """The item in a frame's body."""
    try:
        item, end = _scan(body.decode("ascii"), 0)
    except (ValueError, RecursionError, StopIteration) as error:
        raise Broken("not JSON: %s" % type(error).__name__) from None
    if end != len(body):
        raise Broken("not JSON: there is more")
    return item


class Writer:
    """Writes the values of one frame. `refer(value)` writes what has no plain form."""

    def __init__(self, refer, known=None, live=None):
        self.refer = refer
        self.live = live
        # id -> (container, number): kept alive so that no id comes twice.
        self.seen = {}
        # id -> number of a container that the other side has: an argument of the call that is being answered.
        self.known = known or {}
        self.containers = []
        self.depth = 0

    def value(self, value):
        kind = type(value)
        if kind is str or value is None or kind is bool:
            return value
        if kind is int:
            return value if value.bit_length() <= _INT_BITS else ["n", "%x" % value]
        if kind is float:
            # NaN differs from itself.
            return value if value - value == 0.0 else ["f", repr(value)]
        write = _WRITERS.get(kind)
        if write is None:
            return self.refer(self, value)
        if self.depth > _NESTED_MAX:
            raise ValueError("values are nested too deep to be passed between the tests and the program")
        self.depth += 1
        try:
            return write(self, value)
        finally:
            self.depth -= 1

    def items(self, tag, values):
        if _SCALARS.issuperset(map(type, values)) and not _has_large(values):
            return [tag, *values]
        value = self.value
        return [tag, *[value(item) for item in values]]

    def pairs(self, tag, mapping):
        out = list(tag)
        value = self.value
        for key, item in mapping.items():
            out.append(value(key))
            out.append(value(item))
        return out

    def begin(self, value):
        """The reference to a container that was written before, or None: it is numbered now."""
        number = self.known.get(id(value))
        if number is not None:
            return ["^", number]
        if self.live is not None:
            number = self.live.number_of(value)
            if number is not None:
                return ["~", number]
        entry = self.seen.get(id(value))
        if entry is not None:
            return ["=", entry[1]]
        self.seen[id(value)] = (value, len(self.containers))
        self.containers.append(value)
        return None


def _has_large(values):
    for item in values:
        if type(item) is int and item.bit_length() > _INT_BITS:
            return True
    return False


def _mutable(tag):
    def write(writer, value):
        return writer.begin(value) or writer.items(tag, value)

    return write


def _immutable(tag):
    return lambda writer, value: writer.items(tag, value)


def _mapping(tag):
    def write(writer, value):
        return writer.begin(value) or writer.pairs([tag], value)

    return write


def _write_defaultdict(writer, value):
    factory = value.default_factory
    if factory is not None and NAMES.get(factory) is None:
        return writer.refer(writer, value)
    return writer.begin(value) or writer.pairs(["dd", factory and NAMES[factory]], value)


def _write_deque(writer, value):
    return writer.begin(value) or ["dq", value.maxlen, *[writer.value(item) for item in value]]


def _write_bytearray(writer, value):
    return writer.begin(value) or ["ba", value.decode("latin-1")]


def _write_datetime(writer, value):
    zone = value.tzinfo
    offset = None
    if zone is not None:
        if type(zone) is not timezone:
            return writer.refer(writer, value)
        offset = _microseconds(zone.utcoffset(None))
    if type(value) is time:
        return ["tm", value.hour, value.minute, value.second, value.microsecond, offset, value.fold]
    parts = [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
    return ["dt", *parts, offset, value.fold]


def _microseconds(delta):
    return (delta.days * 86400 + delta.seconds) * 1000000 + delta.microseconds


def _write_fraction(writer, value):
    return ["fr", writer.value(value.numerator), writer.value(value.denominator)]


def _write_slice(tag):
    return lambda writer, value: [tag, *[writer.value(part) for part in (value.start, value.stop, value.step)]]


_KEYS, _VALUES, _ITEMS = type({}.keys()), type({}.values()), type({}.items())
_WRITERS = {
    list: _mutable("l"),
    set: _mutable("s"),
    tuple: _immutable("t"),
    frozenset: _immutable("z"),
    dict: _mapping("d"),
    OrderedDict: _mapping("od"),
    Counter: _mapping("ct"),
    defaultdict: _write_defaultdict,
    deque: _write_deque,
    bytes: lambda writer, value: ["b", value.decode("latin-1")],
    bytearray: _write_bytearray,
    complex: lambda writer, value: ["c", writer.value(value.real), writer.value(value.imag)],
    range: _write_slice("r"),
    slice: _write_slice("sl"),
    type(...): lambda writer, value: ["e"],
    type(NotImplemented): lambda writer, value: ["ni"],
    _KEYS: lambda writer, value: writer.items("dk", list(value)),
    _VALUES: lambda writer, value: writer.items("dv", list(value)),
    _ITEMS: lambda writer, value: writer.items("di", list(value)),
    date: lambda writer, value: ["da", value.year, value.month, value.day],
    time: _write_datetime,
    datetime: _write_datetime,
    timedelta: lambda writer, value: ["td", _microseconds(value)],
    timezone: lambda writer, value: ["tz", _microseconds(value.utcoffset(None))],
    Decimal: lambda writer, value: ["de", str(value)],
    Fraction: _write_fraction,
    UUID: lambda writer, value: ["uu", value.int],
    PosixPath: lambda writer, value: ["pa", str(value)],
    PurePosixPath: lambda writer, value: ["pp", str(value)],
    type: lambda writer, value: ["T", NAMES[value]] if value in NAMES else writer.refer(writer, value),
}

# Exact types that are rebuilt: no object of the learner's is compared with a value of one of these but here.
PLAIN = frozenset(_WRITERS) | _SCALARS | {float}


class Reader:
    """Reads the values of one frame. `resolve(item)` answers references; `known` are the containers of the call that
    is being answered."""

    def __init__(self, resolve, known=(), live=None):
        self.resolve = resolve
        self.known = known
        self.live = live
        self.containers = []

    def value(self, item):
        kind = type(item)
        if kind is not list:
            if kind is dict:
                raise Broken("an object where a value is due")
            return item
        try:
            tag = item[0]
            read = _READERS.get(tag)
            if read is None:
                return self.resolve(self, item)
            return read(self, item)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
            raise Broken("not a value: %s" % error) from None

    def items(self, item, start=1):
        value = self.value
        return [value(part) if type(part) is list else part for part in item[start:]]

    def fill(self, empty, add, item, start=1):
        self.containers.append(empty)
        add(self.items(item, start))
        return empty

    def pairs(self, mapping, item, start=1):
        if (len(item) - start) % 2:
            raise Broken("a key without a value")
        self.containers.append(mapping)
        parts = iter(item[start:])
        for key in parts:
            key = self.value(key)
            mapping[key] = self.value(next(parts))
        return mapping


def _read_list(reader, item):
    empty = []
    return reader.fill(empty, empty.extend, item)


def _read_set(reader, item):
    empty = set()
    return reader.fill(empty, empty.update, item)


def _read_deque(reader, item):
    empty = deque(maxlen=item[1])
    return reader.fill(empty, empty.extend, item, 2)


def _read_bytearray(reader, item):
    value = bytearray(item[1], "latin-1")
    reader.containers.append(value)
    return value


def _read_defaultdict(reader, item):
    return reader.pairs(defaultdict(item[1] and TYPES[item[1]]), item, 2)


def _zone(offset):
    return None if offset is None else timezone(timedelta(microseconds=offset))


def _read_float(reader, item):
    return _TEXT_TAGS[item[1]]


def _read_values(reader, item):
    return dict(enumerate(reader.items(item))).values()


_READERS = {
    "l": _read_list,
    "s": _read_set,
    "t": lambda reader, item: tuple(reader.items(item)),
    "z": lambda reader, item: frozenset(reader.items(item)),
    "d": lambda reader, item: reader.pairs({}, item),
    "od": lambda reader, item: reader.pairs(OrderedDict(), item),
    "ct": lambda reader, item: reader.pairs(Counter(), item),
    "dd": _read_defaultdict,
    "dq": _read_deque,
    "b": lambda reader, item: item[1].encode("latin-1"),
    "ba": _read_bytearray,
    "n": lambda reader, item: int(item[1], 16),
    "f": _read_float,
    "c": lambda reader, item: complex(reader.value(item[1]), reader.value(item[2])),
    "r": lambda reader, item: range(*reader.items(item)),
    "sl": lambda reader, item: slice(*reader.items(item)),
    "e": lambda reader, item: ...,
    "ni": lambda reader, item: NotImplemented,
    "dk": lambda reader, item: dict.fromkeys(reader.items(item)).keys(),
    "dv": _read_values,
    "di": lambda reader, item: dict(reader.items(item)).items(),
    "da": lambda reader, item: date(*item[1:]),
    "dt": lambda reader, item: datetime(*item[1:8], _zone(item[8]), fold=item[9]),
    "tm": lambda reader, item: time(*item[1:5], _zone(item[5]), fold=item[6]),
    "td": lambda reader, item: timedelta(microseconds=item[1]),
    "tz": lambda reader, item: _zone(item[1]),
    "de": lambda reader, item: Decimal(item[1]),
    "fr": lambda reader, item: Fraction(reader.value(item[1]), reader.value(item[2])),
    "uu": lambda reader, item: UUID(int=item[1]),
    "pa": lambda reader, item: Path(item[1]),
    "pp": lambda reader, item: PurePosixPath(item[1]),
    "T": lambda reader, item: TYPES[item[1]],
    "=": lambda reader, item: reader.containers[index(item[1])],
    "^": lambda reader, item: reader.known[index(item[1])],
    "~": lambda reader, item: reader.live.get(item[1]),
}


def index(number):
    if type(number) is not int or number < 0:
        raise Broken("not a number of a container")
    return number
