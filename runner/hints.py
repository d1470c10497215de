"""One sentence for a beginner about an uncaught exception; None when there is nothing certain to say.

Nothing here runs code of the program's: values are looked at only where their type is exactly a built-in one, and
attributes are read from the exception's own slots.
"""

import difflib
import re
import sys

from . import hints_syntax

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
    for each in kind.__mro__:
        function = _KINDS.get(each)
        if function is not None:
            if kind.__module__ != "builtins" and each in _EXACT:
                return None
            return function(exc, _text(exc), frame, _line(code, line))
    return None


def _text(exc):
    """The message as the built-in class holds it; a program's own __str__ is not asked."""
    if isinstance(exc, SyntaxError):
        value = exc.msg
    else:
        args = BaseException.args.__get__(exc)
        value = args[0] if args else ""
    return value if type(value) is str else ""


def _line(code, line):
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1] if type(line) is int and 0 < line <= len(lines) else ""


def _near(name, names):
    """The one name that is nearly this one."""
    if len(name) < 2:
        return None
    names = [each for each in names if type(each) is str and each != name]
    for each in names:
        if each.lower() == name.lower():
            return each
    found = difflib.get_close_matches(name, names, 1, 0.75)
    return found[0] if found else None


def _suggested(text):
    match = re.search(r"Did you mean: '([^']+)'\?", text)
    return match and match.group(1)


def _quoted(text):
    match = re.search(r"'([^']*)'", text)
    return match.group(1) if match else ""


def _visible(frame):
    if frame is None:
        return []
    names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins] if hasattr(frame, "f_builtins") else []
    return names or [*frame.f_locals, *frame.f_globals, *dir(__import__("builtins"))]


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
    near = _suggested(text) or _near(name, _visible(frame))
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


def _article(kind):
    return ("an " if kind[:1] in "aeiou" else "a ") + kind


def _type_error(exc, text, frame, line):
    match = re.match(r'can only concatenate str \(not "([\w.]+)"\) to str$', text)
    if match:
        kind = match.group(1)
        if kind == "NoneType":
            return "One side of this `+` is None: a function without `return` gives None."
        return "`+` cannot join text and %s: convert with `str(...)`, or use an f-string like f\"{value}\"." % (
            _article(kind)
        )
    match = re.match(r"unsupported operand type\(s\) for (\S+?):? '([\w.]+)' and '([\w.]+)'", text)
    if match:
        operator, left, right = match.groups()
        if "NoneType" in (left, right):
            return "One side of `%s` is None: a function without `return` gives None." % operator
        if {left, right} & {"int", "float"} and "str" in (left, right):
            return "`%s` works on numbers here, but one side is text: convert it with `int(...)` or `float(...)`." % (
                operator
            )
        if "builtin_function_or_method" in (left, right) or "function" in (left, right) or "method" in (left, right):
            return "One side of `%s` is a function itself: put `()` after its name to call it." % operator
        return None
    match = re.match(r"'(<|>|<=|>=)' not supported between instances of '([\w.]+)' and '([\w.]+)'", text)
    if match:
        operator, left, right = match.groups()
        if "str" in (left, right) and {left, right} & {"int", "float"}:
            return "`%s` compares text with a number here: convert the text with `int(...)` or `float(...)`." % operator
        if "NoneType" in (left, right):
            return "One side of `%s` is None: a function without `return` gives None." % operator
        return None
    match = re.match(r"'([\w.]+)' object is not callable", text)
    if match:
        return _not_callable(match.group(1), frame, line)
    match = re.match(r"'(\w+)' object (is not subscriptable|is not iterable|does not support item assignment)", text)
    if match is None:
        match = re.match(r"cannot unpack (non-iterable) (\w+) object", text)
        if match:
            kind, what = match.group(2), "is not iterable"
        else:
            return _arguments(text)
    else:
        kind, what = match.groups()
    if kind == "NoneType":
        return "The value is None here: a function without `return`, or a method like `sort` or `append`, gives None."
    if kind == "int" and what == "is not iterable":
        return "A number cannot be gone through one by one: for counting, use `range(...)`."
    if kind in ("str", "tuple") and "assignment" in what:
        return "%s cannot be changed in place: make a new one instead." % ("Text" if kind == "str" else "A tuple")
    if kind in ("builtin_function_or_method", "function", "method", "type") and what == "is not subscriptable":
        return "`[...]` is used on a function or class itself: call it with `(...)` first." if kind != "type" else None
    return None


def _not_callable(kind, frame, line):
    if kind == "module":
        return "A module cannot be called: name the function in it, as in `module.function(...)`."
    if kind not in ("int", "float", "str", "list", "tuple", "dict", "set", "bool", "NoneType"):
        return None
    if frame is not None:
        called = re.findall(r"(?<![\w.])([A-Za-z_]\w*)\s*\(", line)
        for name in called:
            for names in (frame.f_locals, frame.f_globals):
                if name in names:
                    if type(names[name]).__name__ == kind:
                        builtin = " and hides the built-in one" if name in _builtin_names() else ""
                        return "`%s` holds %s here%s; it is not a function, so it cannot be called with `(...)`." % (
                            name,
                            "None" if kind == "NoneType" else _article(kind),
                            builtin,
                        )
                    break
    if kind in ("int", "float") and re.search(r"\d\s*\(|\)\s*\(", line):
        return "To multiply, write `*`: a number followed by `(...)` means a call."
    if kind in ("list", "dict", "tuple"):
        return "To take an item, use square brackets: `name[...]`, not `name(...)`."
    return None


def _builtin_names():
    import builtins

    return vars(builtins)


def _arguments(text):
    match = re.match(r"([\w.<>]+)\(\) missing (\d+) required (?:positional|keyword-only) arguments?: (.*)$", text)
    if match:
        name, names = match.group(1), match.group(3).replace("'", "`")
        if names == "`self`":
            return "Call this on an object, not on the class: create one first, with `()` after the class's name."
        return "`%s` also needs a value for %s." % (name.rpartition(".")[2], names)
    match = re.match(r"([\w.<>]+)\(\) takes (.+?) positional arguments? but (\d+) (?:was|were) given", text)
    if match:
        name, takes, given = match.groups()
        full = name
        name = name.rpartition(".")[2]
        if takes == "0" and given == "1" and "." in full and "<" not in full:
            return "A method gets its object as the first argument: define it as `def %s(self):`." % name
        plain = "%s argument%s" % (takes, "" if takes == "1" else "s")
        self_too = " (a method's `self` counts as one)" if "." in full and "<" not in full else ""
        return "`%s` takes %s, but %s %s given%s." % (
            name,
            plain,
            given,
            "was" if given == "1" else "were",
            self_too,
        )
    match = re.match(r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'", text)
    if match:
        return "`%s` has no parameter named `%s`." % (match.group(1).rpartition(".")[2], match.group(2))
    match = re.match(r"unhashable type: '(list|dict|set)'", text)
    if match:
        kind = match.group(1)
        instead = {"list": " a tuple does", "set": " a frozenset does"}.get(kind, "")
        return "A %s can change, so it cannot be a dictionary key or a member of a set%s." % (
            kind,
            ";" + instead if instead else "",
        )
    if text == "list indices must be integers or slices, not str":
        return "A list is indexed by position (a whole number); only a dictionary is indexed by text."
    if re.match(r"(list|tuple) indices must be integers or slices, not float", text) or text in (
        "'float' object cannot be interpreted as an integer",
    ):
        return "A whole number is needed here: `/` always gives a float, `//` gives a whole number."
    if text == "'str' object cannot be interpreted as an integer":
        return "A whole number is needed here, but this is text: convert it with `int(...)`."
    match = re.match(r"object of type '(int|float|NoneType)' has no len\(\)", text)
    if match:
        if match.group(1) == "NoneType":
            return "`len` was given None: a function without `return` gives None."
        return "A number has no length: `len(str(number))` counts its digits."
    return None


def _index_error(exc, text, frame, line):
    match = re.match(r"(list|tuple|string) (assignment )?index out of range$", text)
    if not match:
        if text.startswith("pop from empty"):
            return "There was nothing left to take out: check that it is not empty first."
        return None
    kind = {"list": list, "tuple": tuple, "string": str}[match.group(1)]
    word = match.group(1)
    # Only where the line indexes one single thing of that kind can its length be told.
    names = set(re.findall(r"(?<![\w.\])])([A-Za-z_]\w*)\s*\[", line))
    lengths = {}
    if frame is not None and line.count("[") == len(re.findall(r"[A-Za-z_]\w*\s*\[", line)):
        for name in names:
            value = frame.f_locals.get(name, frame.f_globals.get(name))
            if type(value) is kind:
                lengths[name] = len(value)
    if len(names) == 1 and len(lengths) == 1 and line.count("][") == 0:
        ((name, length),) = lengths.items()
        if length == 0:
            return "`%s` is empty, so it has no item at any position." % name
        return "`%s` has %d item%s: valid positions are 0 to %d." % (name, length, "s"[: length != 1], length - 1)
    return "Positions start at 0, so the last one is the length minus 1; this %s is shorter than that." % (
        "text" if word == "string" else word
    )


def _key_error(exc, text, frame, line):
    args = BaseException.args.__get__(exc)
    if len(args) != 1 or type(args[0]) not in (str, int, bool) or frame is None:
        return None
    key = args[0]
    names = set(re.findall(r"(?<![\w.\])])([A-Za-z_]\w*)\s*\[", line))
    found = [frame.f_locals.get(name, frame.f_globals.get(name)) for name in names]
    dicts = [(name, value) for name, value in zip(names, found) if type(value) is dict]
    if len(dicts) != 1:
        return None
    name, value = dicts[0]
    keys = [each for each in list(value)[:1000] if type(each) in (str, int)]
    if any(type(each) is type(key) and each == key for each in keys):
        return None
    if type(key) is str and key.isdigit() and int(key) in [each for each in keys if type(each) is int]:
        return "The keys of `%s` are numbers, and %r is text: use `%s[%s]`." % (name, key, name, key)
    if type(key) is int and str(key) in [each for each in keys if type(each) is str]:
        return "The keys of `%s` are texts, and %d is a number: use `%s[\"%d\"]`." % (name, key, name, key)
    near = _near(key, keys) if type(key) is str else None
    if near:
        return "`%s` has no key %r; did you mean %r?" % (name, key, near)
    return "`%s` has no key %r: `%s.get(...)` gives None instead of an error." % (name, key, name)


def _attribute_error(exc, text, frame, line):
    match = re.match(r"'([\w.]+)' object has no attribute '(\w+)'", text)
    if match:
        kind, name = match.groups()
        if kind == "NoneType":
            return "The value before `.%s` is None: probably it came from a function without `return`." % name
        builtin = _BUILTIN_TYPES.get(kind)
        near = _suggested(text)
        if builtin is not None:
            usual = _USUAL.get((kind, name))
            if usual:
                return usual
            near = near or _near(name, [each for each in dir(builtin) if each[:2] != "__"])
        elif near is None:
            near = _near(name, _attribute_names(exc))
        if near:
            return "%s has no `.%s`; did you mean `.%s`?" % (_article(kind).capitalize(), name, near) if (
                builtin is not None
            ) else "`%s` objects have no `.%s`; did you mean `.%s`?" % (kind, name, near)
        return None
    match = re.match(r"(?:partially initialized )?module '([\w.]+)' has no attribute '(\w+)'", text)
    if match:
        module, name = match.groups()
        if "partially initialized" in text or "consider renaming" in text:
            return None
        near = _suggested(text) or _near(name, list(getattr(sys.modules.get(module), "__dict__", ())))
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
    near = _near(top, [each for each in _STDLIB if each[0] != "_"])
    if near:
        return "There is no module `%s`; did you mean `%s`?" % (top, near)
    return "`%s` is not part of Python and not installed here: check the spelling, or do without it." % top


def _value_error(exc, text, frame, line):
    match = re.match(r"invalid literal for int\(\) with base (\d+): (.*)$", text, re.S)
    if match:
        given = match.group(2)
        if match.group(1) != "10":
            return None
        if given in ("''", '""'):
            return "`int(...)` was given an empty text."
        if re.match(r"^['\"]\s*[+-]?\d+\.\d*\s*['\"]$", given):
            return "%s has a decimal point: use `float(...)`, or `int(float(...))` to cut it off." % given
        return "%s is not written as a whole number, so `int(...)` cannot convert it." % given[:60]
    match = re.match(r"could not convert string to float: (.*)$", text, re.S)
    if match:
        if re.match(r"^['\"]\d+,\d+['\"]$", match.group(1)):
            return "%s has a comma: Python writes decimals with a point." % match.group(1)
        return "%s is not written as a number, so `float(...)` cannot convert it." % (match.group(1)[:60])
    match = re.match(r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)", text)
    if match:
        return "There are %s names on the left of `=` but only %s values to put into them." % match.groups()
    match = re.match(r"too many values to unpack \(expected (\d+)", text)
    if match:
        return "There are more values than the %s names on the left of `=`." % match.group(1)
    if text == "math domain error":
        return "The function is not defined for that number, like the square root of a negative one."
    if re.match(r"list\.remove\(x\): x not in list", text):
        return "The list does not contain that value: ask with `in` first."
    if text == "substring not found":
        return "The text does not contain what was looked for: `.find` gives -1 instead of an error."
    return None


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
    TypeError: _type_error,
    IndexError: _index_error,
    KeyError: _key_error,
    AttributeError: _attribute_error,
    ModuleNotFoundError: _module_error,
    ValueError: _value_error,
    UnicodeError: _stop,
    UnicodeDecodeError: _decode,
    ZeroDivisionError: _zero,
    EOFError: _eof,
    RecursionError: _recursion,
    FileNotFoundError: _not_found,
    MemoryError: _memory,
    SyntaxError: _syntax,
}
# A program's own subclass says something of its own.
_EXACT = frozenset(_KINDS) - {SyntaxError}
