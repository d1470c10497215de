"""Hints for `TypeError`: operators, calls and arguments."""

import re

from .hints_names import article, builtin_names, names_of


def type_error(exc, text, frame, line):
    match = re.match(r'can only concatenate str \(not "([\w.]+)"\) to str$', text)
    if match:
        kind = match.group(1)
        if kind == "NoneType":
            return "One side of this `+` is None: a function without `return` gives None."
        return "`+` cannot join text and %s: convert with `str(...)`, or use an f-string like f\"{value}\"." % (
            article(kind)
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
            return _arguments(text, line)
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
            names = names_of(frame)
            if name in names and type(names[name]).__name__ == kind:
                return "`%s` holds %s here%s; it is not a function, so it cannot be called with `(...)`." % (
                    name,
                    "None" if kind == "NoneType" else article(kind),
                    " and hides the built-in one" if name in builtin_names() else "",
                )
    if kind in ("int", "float") and re.search(r"\d\s*\(|\)\s*\(", line):
        return "To multiply, write `*`: a number followed by `(...)` means a call."
    if kind in ("list", "dict", "tuple"):
        return "To take an item, use square brackets: `name[...]`, not `name(...)`."
    return None


def _arguments(text, line):
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
        if "." not in full and re.search(r"\.\s*%s\s*\(" % re.escape(name), line):
            # 3.9 does not say whether it is a method, whose object counts.
            return None
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
