"""What the program's side tells about the learner's classes, functions and exceptions, so that the tests' side can make
stand-ins of them. Everything here is looked at, never called, as far as Python allows."""

import sys
import traceback
from abc import ABCMeta
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType

from . import operations, wire

# What the tests may call the learner's module.
MODULE_NAMES = ("starter", "solution", "main")
_TEXT_MAX = 20_000
_SPECIAL = (*operations.SPECIAL, *operations.ORDER, *operations.ARITHMETIC, *operations.IN_PLACE)
_SPECIAL += ("__call__", "__contains__", "__eq__", "__ne__", "__bool__", "__await__", "__str__", "__hash__")
# A class has these from `object` in any case.
_FROM_OBJECT = {name: getattr(object, name, None) for name in _SPECIAL}
_SKIPPED = frozenset(
    "__module__ __dict__ __weakref__ __doc__ __qualname__ __slots__ __annotations__ __firstlineno__"
    " __static_attributes__ __dataclass_params__ __match_args__ __orig_bases__ __parameters__".split()
)
_BASES = (bool, int, float, complex, str, bytes, bytearray, tuple, list, dict, set, frozenset)
_DATA = (property, GetSetDescriptorType, MemberDescriptorType)

# Exceptions of the standard library that stand for themselves. Not in it: what ends or skips a test.
MODULES = frozenset(
    "json decimal fractions statistics struct re csv binascii zlib copy queue subprocess dataclasses configparser "
    "socket ssl shutil tarfile zipfile sqlite3 uuid asyncio.exceptions concurrent.futures._base string getopt "
    "http.client urllib.error json.decoder _csv _queue _struct _sqlite3 zoneinfo graphlib tokenize shelve pickle "
    "_pickle locale ast email.errors html.parser xml.etree.ElementTree xml.parsers.expat calendar io".split()
)


def text(value, limit=_TEXT_MAX):
    """An exact, bounded str of what claims to be one; None if it is none."""
    if not isinstance(value, str):
        return None
    return str.__str__(value)[:limit]


def base_of(kind):
    """The plain type beneath a class, if it has one."""
    for base in _BASES:
        if issubclass(kind, base):
            return base
    return None


def base_value(value, base):
    """The plain value beneath an instance of a subclass, past its own methods."""
    if base is dict:
        return dict(dict.items(value))
    if base in (list, tuple, set, frozenset):
        return base(base.__iter__(value))
    if base in (bytes, bytearray):
        return base(base.__getitem__(value, slice(None)))
    if base is complex:
        return complex(complex.real.__get__(value), complex.imag.__get__(value))
    return {int: int.__int__, float: float.__float__, str: str.__str__, bool: bool}[base](value)


def is_shared_exception(kind):
    """An exception class of the standard library that the other side has, too."""
    module = type.__getattribute__(kind, "__module__")
    if module not in MODULES or not issubclass(kind, Exception):
        return False
    found = sys.modules.get(module)
    return getattr(found, type.__getattribute__(kind, "__name__"), None) is kind


def members(kind):
    """The names that a class defines itself: name to one letter."""
    out = {}
    for name, value in type.__getattribute__(kind, "__dict__").items():
        if name in _SKIPPED or name in operations.SPECIAL or name in _FROM_OBJECT:
            continue
        if isinstance(value, staticmethod):
            out[name] = "s"
        elif isinstance(value, classmethod):
            out[name] = "c"
        elif isinstance(value, FunctionType):
            out[name] = "m"
        elif isinstance(value, _DATA):
            out[name] = "p"
        else:
            out[name] = "v"
    return out


def special(kind):
    """The special methods that instances of a class have, those of `object` left out."""
    found = []
    for name in _SPECIAL:
        for each in type.__getattribute__(kind, "__mro__"):
            if each is object:
                break
            if name in type.__getattribute__(each, "__dict__"):
                if type.__getattribute__(each, "__dict__")[name] is not None:
                    found.append(name)
                elif name == "__hash__":
                    found.append("unhashable")
                break
    return found


def describe_class(kind, writer, is_learners):
    """A class as the other side needs it."""
    names = type.__getattribute__(kind, "__dict__")
    out = {
        "name": text(kind.__name__, 300),
        "qualname": text(kind.__qualname__, 300),
        "module": text(kind.__module__, 300),
        "doc": text(names.get("__doc__")),
        "special": special(kind),
        "learners": is_learners,
        "bases": [writer.value(base) for base in kind.__bases__ if base is not object],
    }
    base = base_of(kind)
    if base is not None:
        out["base"] = wire.NAMES[base]
    if is_learners:
        out["members"] = members(kind)
    abstract = names.get("__abstractmethods__")
    if isinstance(abstract, frozenset) and abstract:
        out["abstract"] = [text(name, 300) for name in abstract]
    if type(kind) is ABCMeta:
        out["virtual"] = True
    fields = getattr(kind, "__dataclass_fields__", None)
    if type(fields) is dict:
        out["dataclass"] = [text(name, 300) for name in fields]
    if issubclass(kind, tuple) and type(getattr(kind, "_fields", None)) is tuple:
        own = set(names) - _SKIPPED - _NAMEDTUPLE
        if not own - set(kind._fields):
            out["namedtuple"] = [text(name, 300) for name in kind._fields]
            defaults = getattr(kind, "_field_defaults", {})
            out["defaults"] = [[name, writer.value(value)] for name, value in defaults.items()]
    return out


_NAMEDTUPLE = frozenset(
    "__new__ _make _replace __replace__ __repr__ _asdict __getnewargs__ _fields _field_defaults __orig_bases__"
    " _fields_defaults _field_types".split()
)


def describe_function(function):
    """A function as the other side needs it; its signature is asked for when somebody wants it."""
    out = {}
    for key, name in (("name", "__name__"), ("qualname", "__qualname__"), ("module", "__module__"), ("doc", "__doc__")):
        try:
            out[key] = text(getattr(function, name))
        except Exception:
            out[key] = None
    return out


def describe_exception(exc, writer, main_path, origin, depth=0):
    """A raised exception: its class, what it says and where it came from in the learner's text."""
    kind = type(exc)
    out = {"class": writer.value(kind), "args": [], "attributes": {}}
    try:
        out["args"] = [writer.value(item) for item in tuple.__iter__(BaseException.args.__get__(exc))]
        for name, value in (getattr(exc, "__dict__", None) or {}).items():
            if type(name) is str and not name.startswith("__"):
                out["attributes"][name] = writer.value(value)
        if isinstance(exc, OSError) and exc.filename is not None:
            out["files"] = [writer.value(exc.filename), None, writer.value(exc.filename2)]
        if origin is not None:
            out["origin"] = origin
        out["text"] = text(str(exc))
        notes = getattr(exc, "__notes__", None)
        if type(notes) is list:
            out["notes"] = [text(note) for note in notes if isinstance(note, str)]
        cause = BaseException.__cause__.__get__(exc)
        if cause is not None and depth < 2:
            out["cause"] = describe_exception(cause, writer, main_path, None, depth + 1)
    except Exception:
        # The learner's class can do anything when it is looked at: what is known is told.
        pass
    try:
        out["trace"] = own_trace(exc, main_path)
    except Exception:
        pass
    return out


def own_trace(exc, main_path):
    """The lines of a traceback that stand in the learner's text: [line, function]."""
    entries = []
    for entry in traceback.extract_tb(BaseException.__traceback__.__get__(exc), 200):
        if entry.filename == main_path:
            entries.append([entry.lineno, text(entry.name, 200)])
    return entries[-20:]
