"""Hints for `ValueError`, `IndexError` and `KeyError`."""

import re

from .hints_names import names_of, near


def index_error(exc, text, frame, line):
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
            value = names_of(frame).get(name)
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


def key_error(exc, text, frame, line):
    args = BaseException.args.__get__(exc)
    if len(args) != 1 or type(args[0]) not in (str, int, bool) or frame is None:
        return None
    key = args[0]
    names = set(re.findall(r"(?<![\w.\])])([A-Za-z_]\w*)\s*\[", line))
    found = [names_of(frame).get(name) for name in names]
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
    meant = near(key, keys) if type(key) is str else None
    if meant:
        return "`%s` has no key %r; did you mean %r?" % (name, key, meant)
    return "`%s` has no key %r: `%s.get(...)` gives None instead of an error." % (name, key, name)


def value_error(exc, text, frame, line):
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
