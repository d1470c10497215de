"""Text about values and exceptions, which may lie, raise or be huge when they are looked at."""

TEXT_MAX = 2000


def whole(text):
    """The text with lone surrogates replaced."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cap(text, limit=TEXT_MAX):
    if type(text) is not str:
        text = str.__str__(text) if isinstance(text, str) else "?"
    if len(text) > limit:
        half = (limit - 3) // 2
        text = text[:half] + "..." + text[-half:]
    return whole(text)


def value(item, limit=TEXT_MAX):
    try:
        kind = type(item)
        if kind is str and len(item) > 2 * limit:
            item = item[:limit] + "..." + item[-limit:]
        return cap(repr(item), limit)
    except Exception as error:
        return "<%s whose repr() raised %s>" % (kind_name(type(item)), kind_name(type(error)))


def kind_name(kind):
    try:
        return cap(type.__dict__["__qualname__"].__get__(kind), 200)
    except Exception:
        return "?"


def exception(error):
    """As the last line of a traceback has it."""
    name = kind_name(type(error))
    try:
        text = cap(str(error))
    except Exception:
        text = "<exception str() failed>"
    return name + ": " + text if text else name


def quoted(text, limit=200):
    """A piece of code or a value within a sentence."""
    return "`" + cap(text, limit) + "`"


def one_line(text):
    return " ".join(text.split()) if "\n" in text else text
