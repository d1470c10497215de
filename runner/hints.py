"""One sentence for a beginner about an uncaught exception; None when there is nothing certain to say.

Nothing here runs code of the program's: values are looked at only where their type is exactly a built-in one, and
attributes are read from the exception's own slots.
"""

import re
import sys

from . import hints_syntax
from .hints_names import article, builtin_names, names_of
from .hints_names import near as near_name
from .hints_types import type_error
from .hints_values import index_error, key_error, value_error

_STDLIB = frozenset(
    getattr(sys, "stdlib_module_names", None)
    or """argparse array ast asyncio base64 bisect calendar cmath collections contextlib copy csv dataclasses datetime
    decimal difflib enum fractions functools glob gzip hashlib heapq html http inspect io itertools json logging math
    multiprocessing operator os pathlib pickle platform pprint queue random re secrets shutil signal socket sqlite3
    statistics string struct subprocess sys tempfile textwrap threading time timeit tkinter traceback turtle types
    typing unittest urllib uuid warnings weakref xml zipfile zlib""".split()
)
# Names that programs use without importing what they come from.
_FROM = {
    "randint": "random", "choice": "random", "shuffle": "random", "sqrt": "math", "pi": "math", "ceil": "math",
    "floor": "math", "sleep": "time", "defaultdict": "collections", "Counter": "collections", "deque": "collections",
    "namedtuple": "collections", "dataclass": "dataclasses", "Path": "pathlib", "Decimal": "decimal",
    "Fraction": "fractions", "Enum": "enum", "ABC": "abc", "abstractmethod": "abc", "timedelta": "datetime",
    "List": "typing", "Dict": "typing", "Optional": "typing", "Union": "typing", "Tuple": "typing",
    "lru_cache": "functools", "reduce": "functools", "permutations": "itertools", "combinations": "itertools",
}  # fmt: skip
_OTHER_LANGUAGES = {
    "true": "True", "false": "False", "none": "None", "null": "None", "nil": "None", "NULL": "None", "TRUE": "True",
    "FALSE": "False", "undefined": "None", "string": "str", "boolean": "bool", "println": "print", "printf": "print",
    "echo": "print", "puts": "print", "raw_input": "input", "xrange": "range", "unicode": "str",
}  # fmt: skip


def hint(exc, frame, line, code):
    """The sentence for `exc`, raised in `frame` (None: not in main.py) at that line of `code`, or None."""
    kind = type(exc)
    for each in type.__dict__["__mro__"].__get__(kind):
        function = _KINDS.get(each)
        if function is not None:
            if kind not in _BUILTIN:
                # A program's own exception says what it has to say itself.
                return None
            return function(exc, _text(exc), frame, _line(code, line))
    return None


def _text(exc):
    """The message as the built-in class holds it; a program's own __str__ is not asked."""
    if issubclass(type(exc), SyntaxError):
        value = exc.msg
    else:
        args = BaseException.args.__get__(exc)
        value = args[0] if args else ""
    return value if type(value) is str else ""


def _line(code, line):
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1] if type(line) is int and 0 < line <= len(lines) else ""


def _quoted(text):
    match = re.search(r"'([^']*)'", text)
    return match.group(1) if match else ""


def _visible(frame):
    return [*names_of(frame), *builtin_names()] if frame is not None else []


def _name_error(exc, text, frame, line):
    if not text.startswith("name '") or "is not defined" not in text:
        return None
    name = _quoted(text)
    if name in _OTHER_LANGUAGES:
        return "Python writes this `%s`, not `%s`." % (_OTHER_LANGUAGES[name], name)
    if name in _STDLIB and re.search(r"\b%s\s*\." % re.escape(name), line):
        return "`%s` is a module: write `import %s` at the top of the program." % (name, name)
    if name in _FROM:
        return "`%s` comes from a module: write `from %s import %s` at the top of the program." % (
            name,
            _FROM[name],
            name,
        )
    near = near_name(name, _visible(frame))
    if near:
        return "There is no name `%s` here; did you mean `%s`?" % (name, near)
    if name in ("self", "cls"):
        return "`%s` exists only inside a method that has it as its first parameter." % name
    return None


def _unbound(exc, text, frame, line):
    name = _quoted(text)
    if "referenced before assignment" not in text and "not associated with a value" not in text:
        return None
    if "free variable" in text:
        return None
    if frame is not None and name in frame.f_globals:
        return (
            "The function assigns to `%s`, so `%s` is a variable of its own there, with no value yet; pass the value "
            "in as a parameter, or write `global %s` first." % (name, name, name)
        )
    return "`%s` is used before the function has given it a value on this path." % name


def _attribute_error(exc, text, frame, line):
    match = re.match(r"'([\w.]+)' object has no attribute '(\w+)'", text)
    if match:
        kind, name = match.groups()
        if kind == "NoneType":
            return "The value before `.%s` is None: probably it came from a function without `return`." % name
        builtin = _BUILTIN_TYPES.get(kind)
        if builtin is not None:
            usual = _USUAL.get((kind, name))
            if usual:
                return usual
            near = near_name(name, [each for each in dir(builtin) if each[:2] != "__"])
        else:
            near = near_name(name, _attribute_names(exc))
        if near:
            return "%s has no `.%s`; did you mean `.%s`?" % (article(kind).capitalize(), name, near) if (
                builtin is not None
            ) else "`%s` objects have no `.%s`; did you mean `.%s`?" % (kind, name, near)
        return None
    match = re.match(r"(?:partially initialized )?module '([\w.]+)' has no attribute '(\w+)'", text)
    if match:
        module, name = match.groups()
        if "partially initialized" in text or "consider renaming" in text:
            return None
        near = near_name(name, list(getattr(sys.modules.get(module), "__dict__", ())))
        if near:
            return "The module `%s` has no `%s`; did you mean `%s`?" % (module, name, near)
    return None


_BUILTIN_TYPES = {
    each.__name__: each for each in (int, float, str, list, tuple, dict, set, frozenset, bool, bytes, complex)
}
_USUAL = {
    ("str", "append"): "Text cannot be appended to: join texts with `+`.",
    ("dict", "append"): "A dictionary has no `.append`: set a key, as in `name[key] = value`.",
    ("set", "append"): "A set has `.add`, not `.append`.",
    ("tuple", "append"): "A tuple cannot be changed: use a list if it has to grow.",
    ("list", "add"): "A list has `.append`, not `.add`.",
    ("list", "push"): "A list has `.append`, not `.push`.",
    ("list", "length"): "The length of a list is `len(...)`.",
    ("str", "length"): "The length of a text is `len(...)`.",
    ("list", "size"): "The length of a list is `len(...)`.",
    ("dict", "has_key"): "Ask with `in` whether a dictionary has a key: `key in name`.",
    ("list", "split"): "`.split` belongs to text, and this is a list already.",
    ("int", "append"): "This is a number, not a list: it has no `.append`.",
    ("list", "join"): "`.join` belongs to the separator: `\", \".join(names)`.",
}


def _attribute_names(exc):
    """Names in the object's class and, where it is a plain object, in the object; none of its code runs."""
    obj = getattr(AttributeError, "obj", None)
    obj = obj.__get__(exc) if obj is not None else None
    names = []
    for each in type.__dict__["__mro__"].__get__(type(obj)):
        names.extend(type.__dict__["__dict__"].__get__(each))
    try:
        names.extend(object.__getattribute__(obj, "__dict__"))
    except Exception:
        pass
    return [each for each in names if type(each) is str and each[:2] != "__"]


def _module_error(exc, text, frame, line):
    name = ModuleNotFoundError.name.__get__(exc)
    if type(name) is not str or not name:
        return None
    if not text.startswith("No module named"):
        return None
    top = name.partition(".")[0]
    if top in _STDLIB:
        return None
    near = near_name(top, [each for each in _STDLIB if each[0] != "_"])
    if near:
        return "There is no module `%s`; did you mean `%s`?" % (top, near)
    return "`%s` is not part of Python and not installed here: check the spelling, or do without it." % top


def _zero(exc, text, frame, line):
    if "modulo" in text and "/" not in line:
        return "The number after `%` is 0 here; check for that before dividing."
    if "zero" in text and ("/" in line or "%" in line or "divmod" in line):
        return "The number divided by is 0 here; check for that before dividing."
    return None


def _eof(exc, text, frame, line):
    if text == "EOF when reading a line":
        return "`input()` found nothing to read: the program asked for more input than it was given."
    return None


def _recursion(exc, text, frame, line):
    if not text.startswith("maximum recursion depth exceeded"):
        return None
    name = frame.f_code.co_name if frame is not None else "<"
    if name[0] == "<":
        return "A function calls itself without end: it needs a case where it stops."
    return "`%s` is called again and again without an end: it needs a case where it returns without calling." % name


def _not_found(exc, text, frame, line):
    name = OSError.filename.__get__(exc)
    if type(name) is not str:
        return None
    return "There is no file `%s` in the program's folder: check the name, or create it first." % name[:80]


def _decode(exc, text, frame, line):
    return "These bytes are not text in the encoding %s: open the file with the right `encoding=`, or as bytes." % (
        UnicodeDecodeError.encoding.__get__(exc)
    )


def _memory(exc, text, frame, line):
    return "The program needed more memory than it may have: look for something that grows without end."


def _stop(exc, text, frame, line):
    return None


def _syntax(exc, text, frame, line):
    if frame is not None:
        return None
    return hints_syntax.hint(exc, text, line)


_KINDS = {
    NameError: _name_error,
    UnboundLocalError: _unbound,
    TypeError: type_error,
    IndexError: index_error,
    KeyError: key_error,
    AttributeError: _attribute_error,
    ModuleNotFoundError: _module_error,
    ValueError: value_error,
    UnicodeError: _stop,
    UnicodeDecodeError: _decode,
    ZeroDivisionError: _zero,
    EOFError: _eof,
    RecursionError: _recursion,
    FileNotFoundError: _not_found,
    MemoryError: _memory,
    SyntaxError: _syntax,
}
_BUILTIN = frozenset(
    each for each in builtin_names().values() if isinstance(each, type) and issubclass(each, BaseException)
)
