"""Hints for errors in a program's syntax: by Python's message where it tells enough, else by the line itself."""

import keyword
import re

_BLOCK = re.compile(r"^\s*(if|elif|else|for|while|def|class|try|except|finally|with|match)\b(.*)$")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def hint(exc, text, line):
    bare = _without_texts(line)
    if isinstance(exc, TabError):
        return "The lines mix tabs and spaces: indent with four spaces everywhere."
    if isinstance(exc, IndentationError):
        return _indentation(text)
    return _by_message(text, line, bare) or _by_line(text, line, bare)


def _without_texts(line):
    """The line with the insides of its quoted texts and its comment left out; None when a quote stays open."""
    found = re.sub(r"('''|\"\"\")", '"', line)
    found = re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", '""', found)
    found = found.partition("#")[0]
    return found.rstrip() if found.replace('""', "").count('"') + found.count("'") == 0 else None


def _indentation(text):
    if text.startswith("expected an indented block"):
        match = re.search(r"after (.*) on line (\d+)", text)
        if match:
            return "The lines that belong to the %s on line %s must be indented, by four spaces." % match.groups()
        return "The line above ends with `:`, so the lines that belong to it must be indented, by four spaces."
    if text.startswith("unexpected indent"):
        return "This line is indented further than the one above it, with no line ending in `:` to start a block."
    if text.startswith("unindent does not match"):
        return "This line's indentation matches no block above it: line it up exactly with the lines it belongs to."
    return None


def _by_message(text, line, bare):
    if "Missing parentheses in call to 'print'" in text:
        return "`print` needs parentheses: `print(...)`."
    match = re.match(r"Missing parentheses in call to '(\w+)'", text)
    if match:
        return "`%s` needs parentheses: `%s(...)`." % (match.group(1), match.group(1))
    if text == "expected ':'":
        match = _BLOCK.match(line)
        if match and re.match(r"\s*else\s+if\b", line):
            return "Python writes `else if` as `elif`."
        if match:
            return "The line that starts with `%s` must end with a colon `:`." % match.group(1)
        return "A colon `:` is missing here."
    if text.startswith("unterminated string literal") or text.startswith("EOL while scanning string literal"):
        return "This text has an opening quote but no closing one on the same line."
    if text.startswith("unterminated f-string literal"):
        return "This f-string has an opening quote but no closing one on the same line."
    if text.startswith(("unterminated triple-quoted", "EOF while scanning triple-quoted")):
        return "A text that was opened with three quotes is never closed."
    match = re.match(r"'([(\[{])' was never closed", text)
    if match:
        return "The `%s` on this line is never closed: a `%s` is missing." % (
            match.group(1),
            _BRACKETS[match.group(1)],
        )
    match = re.match(r"unmatched '([)\]}])'", text)
    if match:
        return "There is a `%s` too many: nothing opened it." % match.group(1)
    match = re.match(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", text)
    if match:
        return "The `%s` is closed by `%s`; it needs `%s`." % (
            match.group(2),
            match.group(1),
            _BRACKETS[match.group(2)],
        )
    if "Maybe you meant '==' or ':=' instead of '='" in text or "Maybe you meant '==' instead of '='" in text:
        if re.match(r"^\s*(if|elif|while)\b", line):
            return "`=` stores a value; to compare two values, write `==`."
        if text.startswith("cannot assign to"):
            return "Only a name can stand on the left of `=`; to compare two values, write `==`."
        return "`=` stores a value; to compare two values, write `==`."
    if "Perhaps you forgot a comma" in text:
        return "A comma, a quote or an operator seems to be missing between two values here."
    if text == "'return' outside function":
        return "`return` can only stand inside a function: check the indentation."
    match = re.match(r"'(break|continue)' (?:outside loop|not properly in loop)", text)
    if match:
        return "`%s` can only stand inside a loop: check the indentation." % match.group(1)
    if re.match(r"'(await|yield)' outside (async )?function", text):
        return None
    match = re.match(r"cannot assign to (True|False|None)\b", text)
    if match:
        return "`%s` is a fixed value of Python and cannot be a variable's name." % match.group(1)
    if text.startswith(("cannot assign to literal", "cannot assign to function call", "cannot assign to operator",
                        "cannot assign to expression")):  # fmt: skip
        return "Only a name can stand on the left of `=`: write it as `name = value`."
    if text.startswith("invalid decimal literal") and re.search(r"\b\d+[A-Za-z_]\w*\s*=", bare or ""):
        return "A name cannot start with a digit."
    if text.startswith("leading zeros in decimal integer literals are not permitted"):
        return "A whole number cannot start with 0: leave the leading zeros out."
    match = re.match(r"invalid character '(.)' \(U\+([0-9A-F]+)\)", text)
    if match:
        if match.group(1) in "\u201c\u201d\u2018\u2019\u00ab\u00bb":
            return "`%s` is a typographic quote: Python needs the straight ones, \" or '." % match.group(1)
        return "Python does not know the character `%s`: retype it on a plain keyboard layout." % match.group(1)
    if text.startswith("positional argument follows keyword argument"):
        return "In a call, the arguments with a name (`name=value`) come after those without."
    if text.startswith(("non-default argument follows default argument", "parameter without a default follows")):
        return "Parameters with a default value come after those without."
    return None


def _by_line(text, line, bare):
    """What the older and vaguer messages do not say (`invalid syntax`), where the line leaves no doubt."""
    if bare is None or not text.startswith(("invalid syntax", "unexpected EOF", "invalid non-printable")):
        return None
    if re.match(r"^\s*print\s+[\"'\w]", line) and not re.match(r"^\s*print\s+(in|is|and|or|if|not)\b", line):
        return "`print` needs parentheses: `print(...)`."
    match = _BLOCK.match(bare)
    balanced = all(bare.count(left) == bare.count(right) for left, right in _BRACKETS.items())
    if match and balanced:
        word, rest = match.group(1), match.group(2).strip()
        if word == "else" and rest.startswith("if "):
            return "Python writes `else if` as `elif`."
        if word in ("if", "elif", "while") and re.search(r"(?<![=!<>:])=(?!=)", rest) and "(" not in rest:
            return "`=` stores a value; to compare two values, write `==`."
        if word in ("def", "class", "for", "if", "while", "elif") and rest.endswith("{"):
            return "Python has no `{` for blocks: end the line with a colon `:` and indent what follows."
        if word != "match" and ":" not in rest and not rest.startswith(("=", ".", ",")):
            return "The line that starts with `%s` must end with a colon `:`." % word
    match = re.match(r"^\s*(\w+)\s*=(?!=)", bare)
    if match and keyword.iskeyword(match.group(1)):
        return "`%s` is a word of Python's own and cannot be a variable's name." % match.group(1)
    if re.search(r"\w\s*(\+\+|--)\s*;?$", bare):
        return "Python has no `++` and `--`: write `+= 1` or `-= 1`."
    if "&&" in bare or "||" in bare:
        return "Python writes `and` and `or` for `&&` and `||`."
    if re.search(r"(^|[\s(])!\s*[A-Za-z_(]", bare):
        return "Python writes `not` for `!`."
    if re.match(r"^\s*(var|let|const|int|float|string|function|String)\s+[A-Za-z_]\w*\s*(=|\()", bare):
        return "Python needs no `%s` in front: write just the name." % bare.split()[0] if "function" not in bare else (
            "Python defines functions with `def`."
        )
    if text.startswith("unexpected EOF"):
        return "The program ends in the middle of something: a bracket or a block is not finished."
    return None
