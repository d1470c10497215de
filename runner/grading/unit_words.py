"""What the methods of unittest compared when they failed, in words."""

import ast

from . import show

_EQUAL = {"assertEqual", "assertEquals", "assertListEqual", "assertDictEqual", "assertTupleEqual", "assertSetEqual"}
_EQUAL |= {"assertMultiLineEqual", "assertSequenceEqual", "assertCountEqual", "assertAlmostEqual", "assertIs"}
_NOT_EQUAL = {"assertNotEqual": "not ", "assertNotAlmostEqual": "not about ", "assertIsNot": "not "}
_ORDER = {
    "assertLess": "less than ",
    "assertLessEqual": "at most ",
    "assertGreater": "more than ",
    "assertGreaterEqual": "at least ",
}
_TURNED = {"less than ": "more than ", "more than ": "less than ", "at most ": "at least ", "at least ": "at most "}
_ONE = {
    "assertTrue": "True",
    "assertFalse": "False",
    "assertIsNone": "None",
    "assertIsNotNone": "not None",
}
WATCHED = tuple(_EQUAL | set(_NOT_EQUAL) | set(_ORDER) | set(_ONE)) + (
    "assertIn",
    "assertNotIn",
    "assertIsInstance",
    "assertNotIsInstance",
    "assertRegex",
    "assertNotRegex",
)


def explain(error, case, plan, frames):
    from . import explain as words

    method, first, second, message = error._unit
    case["error"] = show.exception(error)
    own = show.cap(str(message)) + "\n" if message else ""
    if method == "raises":
        sentence = raised(first, second, case, error)
        case["message"] = own + sentence
        return
    call = find_call(plan, frames, method)
    nodes = call.args[:2] if call is not None else []
    said = compared(method, first, second, nodes, plan, words)
    if said is None:
        case["message"] = own + show.cap(str(error))
        return
    case["expected"], case["actual"], sentence = said
    case["message"] = own + sentence


def raised(expected, how, case, error):
    kinds = expected if isinstance(expected, tuple) else (expected,)
    names = " or ".join(show.kind_name(kind) for kind in kinds)
    text = str(error)
    if "not raised" in text or "not triggered" in text:
        case["expected"], case["actual"] = names, "nothing was raised"
        return "expected %s to be raised%s, and nothing was raised" % (show.quoted(names), " by " + show.quoted(how) if how else "")
    case["expected"] = names
    return show.cap(text)


def compared(method, first, second, nodes, plan, words):
    """(expected, actual, sentence), or None."""
    where = [show.quoted(show.one_line(words.source(plan, node))) for node in nodes]
    if method in _ONE:
        actual = show.value(first)
        name = where[0] if where else "it"
        return _ONE[method], actual, "%s %s %s, expected %s" % (name, verb(nodes, 0, words), show.quoted(actual), _ONE[method])
    turned = len(nodes) == 2 and words.weight(plan.use, nodes[1]) > words.weight(plan.use, nodes[0])
    if method in ("assertIn", "assertNotIn"):
        no = "not " if method == "assertNotIn" else ""
        item, container = show.value(first), show.value(second)
        place = where[1] if len(where) == 2 else "the result"
        return (
            no + item,
            container,
            "%s was %sexpected in %s, which %s %s" % (show.quoted(item), no, place, verb(nodes, 1, words), show.quoted(container)),
        )
    if method not in _EQUAL and method not in _NOT_EQUAL and method not in _ORDER:
        return None
    own = 1 if turned else 0
    actual_value, expected_value = (second, first) if turned else (first, second)
    prefix = _NOT_EQUAL.get(method) or _ORDER.get(method, "")
    if turned:
        prefix = _TURNED.get(prefix, prefix)
    expected, actual = show.value(expected_value), show.value(actual_value)
    name = where[own] if len(where) == 2 else "it"
    sentence = "%s %s %s, expected %s%s" % (name, verb(nodes, own, words), show.quoted(actual), prefix, show.quoted(expected))
    if method in _EQUAL and method != "assertCountEqual":
        sentence += words.difference(actual_value, expected_value)
    return prefix + expected, actual, sentence


def verb(nodes, index, words):
    return words.gave(nodes[index]) if len(nodes) > index else "was"


def find_call(plan, frames, method):
    """The call of such a method that the test stood at."""
    if not frames:
        return None
    line = frames[-1][1]
    found = None
    for call in plan.use.calls:
        if call.lineno <= line <= (call.end_lineno or call.lineno) and isinstance(call.func, ast.Attribute):
            if call.func.attr == method:
                found = call
    return found
