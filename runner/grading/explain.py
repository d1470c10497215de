"""What a failed test compared, in values and in a sentence."""

import ast
import operator as operators_

from . import show, unit_words
from .names import root

_ORDER = {ast.Lt: "less than", ast.LtE: "at most", ast.Gt: "more than", ast.GtE: "at least"}
_COMPARE = {
    ast.Lt: operators_.lt,
    ast.LtE: operators_.le,
    ast.Gt: operators_.gt,
    ast.GtE: operators_.ge,
    ast.Eq: operators_.eq,
    ast.NotEq: operators_.ne,
}
_LONG = 60


def explain(error, case, plan, frames):
    """Adds `expected`, `actual` and `message` to the case, as far as they are known."""
    details = getattr(error, "__dict__", {})
    if "_check" in details:
        explain_assert(error, case, plan)
    elif "_unit" in details:
        unit_words.explain(error, case, plan, frames)
    elif isinstance(error, AssertionError):
        text = str(error)
        if text:
            case["message"] = show.cap(text)
    elif show.kind_name(type(error)) == "Failed" and str(error).startswith("DID NOT RAISE"):
        wanted = show.cap(str(error)[len("DID NOT RAISE") :]).strip().replace("<class '", "").replace("'>", "")
        case["expected"], case["actual"] = wanted, "nothing was raised"
        case["message"] = "expected %s to be raised, and nothing was raised" % show.quoted(wanted)
    elif show.kind_name(type(error)) == "FixtureLookupError":
        case["error"] = case["message"] = "pytest knows no fixture %s" % show.quoted(str(error.argname))
    elif isinstance(error, (NameError, ImportError, AttributeError)):
        missing(error, case, plan)
    if "message" in case and frames and frames[-1][0] not in ("<module>",):
        where = arguments(frames[-1], plan)
        if where:
            case["message"] = show.cap(case["message"] + where)


def arguments(frame, plan):
    """The values that a helper of the tests was called with: ` (in check with n=3)`."""
    name, _, frame = frame
    node = plan.use.functions.get(name) if not plan.is_examples else None
    if frame is None or node is None or name in plan.functions:
        return ""
    shown = [
        "%s=%s" % (each.arg, show.value(frame.f_locals[each.arg], 80))
        for each in node.args.args[:4]
        if each.arg in frame.f_locals and each.arg != "self" and not callable(frame.f_locals[each.arg])
    ]
    return " (in %s with %s)" % (name, ", ".join(shown)) if shown else ""


def missing(error, case, plan):
    """A name that the learner's program does not have."""
    name = getattr(error, "name", None)
    text = str(error)
    if type(error) is NameError:
        name = text.split("'")[1] if text.count("'") >= 2 else name
        if not plan.is_examples and name in plan.use.free:
            case["message"] = "your program does not define %s" % show.quoted(name)
    elif isinstance(error, ImportError) and text.startswith("cannot import name") and text.count("'") >= 4:
        if text.split("'")[3] in plan.learners_names:
            case["message"] = "your program does not define %s" % show.quoted(text.split("'")[1])
    elif isinstance(error, AttributeError) and text.startswith("module '") and text.count("'") >= 4:
        if text.split("'")[1] in plan.learners_names:
            case["message"] = "your program does not define %s" % show.quoted(text.split("'")[3])


# Asserts.


def explain_assert(error, case, plan):
    number, values = error._check
    node, spec = plan.checks[number]
    own = show.cap(str(error)) if error.args else ""
    said = Assert(plan, values).say(spec)
    expected, actual, sentence = said
    if expected is not None:
        case["expected"] = expected
    if actual is not None:
        case["actual"] = actual
    case["message"] = own + "\n" + sentence if own else sentence
    if not case.get("error") or not error.args:
        case["error"] = "AssertionError: " + show.cap(show.one_line(source(plan, node)), 300)
    case["line"] = node.lineno
    case["source"] = show.cap(show.one_line(source(plan, node)), 300)


def source(plan, node):
    return ast.get_source_segment(plan.text, node) or ""


class Assert:
    def __init__(self, plan, values):
        self.plan = plan
        self.use = plan.use
        self.values = values

    def text(self, node):
        return show.quoted(show.one_line(source(self.plan, node)))

    def value(self, part):
        return part[1] if part[0] == "constant" else self.values[part[1]]

    def say(self, spec):
        """(expected, actual, sentence)"""
        kind, node, parts = spec[:3]
        return getattr(self, "say_" + kind)(node, parts)

    def say_compare(self, node, parts):
        operands = (node.left, *node.comparators)
        last = self.failing_pair(node.ops, [self.value(part) for part in parts]) if len(parts) > 2 else 1
        left, right = operands[last - 1], operands[last]
        values = self.value(parts[last - 1]), self.value(parts[last])
        return self.compared(node.ops[last - 1], left, right, *values)

    @staticmethod
    def failing_pair(operators, values):
        """The number of the pair of a chain (`0 < x < 10`) that does not hold."""
        for number, kind in enumerate(operators, 1):
            compare = _COMPARE.get(type(kind))
            if compare is None or is_unset(values[number]) or not compare(values[number - 1], values[number]):
                return number
        return len(operators)

    def compared(self, operator, left, right, first, second):
        kind = type(operator)
        turned = weight(self.use, right) > weight(self.use, left)
        if kind in (ast.In, ast.NotIn):
            return self.contained(kind is ast.NotIn, left, right, first, second, turned)
        if turned:
            left, right, first, second = right, left, second, first
        expected, actual = show.value(second), show.value(first)
        if kind in _ORDER:
            word = _ORDER[kind]
            if turned:
                word = {"less than": "more than", "more than": "less than", "at most": "at least"}.get(word, "at most")
            expected = word + " " + expected
            return expected, actual, "%s %s %s, expected %s %s" % (
                self.text(left),
                gave(left),
                show.quoted(actual),
                word,
                show.quoted(show.value(second)),
            )
        if kind in (ast.NotEq, ast.IsNot):
            sentence = "%s %s %s, expected anything else" % (self.text(left), gave(left), show.quoted(actual))
            return "not " + expected, actual, sentence
        sentence = "%s %s %s, expected %s" % (self.text(left), gave(left), show.quoted(actual), show.quoted(expected))
        if kind is ast.Is and actual == expected:
            sentence += ", the very same object"
        return expected, actual, sentence + difference(first, second)

    def contained(self, negated, left, right, first, second, turned):
        expected, actual = show.value(first), show.value(second)
        no = "not " if negated else ""
        if turned or weight(self.use, left) == 0:
            sentence = "%s was %sexpected in %s, which %s %s" % (
                show.quoted(expected),
                no,
                self.text(right),
                gave(right),
                show.quoted(actual),
            )
            return no + expected, actual, sentence
        sentence = "%s %s %s, expected %s" % (self.text(left), gave(left), show.quoted(expected), no)
        return no + "one of " + actual, expected, sentence + "one of " + show.quoted(actual)

    def say_bool(self, node, parts):
        if isinstance(node.op, ast.And):
            for part in parts:
                if not is_unset(self.value(part[3])) and not self.value(part[3]):
                    return self.say(part)
        said = [self.say(part) for part in parts if not is_unset(self.value(part[3]))]
        return None, None, "; and ".join(each[2] for each in said)

    def say_not(self, node, parts):
        actual = show.value(self.value(parts[0]))
        sentence = "%s %s %s, expected something false" % (self.text(node.operand), gave(node.operand), show.quoted(actual))
        return "False", actual, sentence

    def say_type(self, node, parts):
        value = self.value(parts[0])
        first = node.args[0]
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        actual = show.value(value)
        if name == "isinstance" and len(node.args) == 2:
            wanted = show.one_line(source(self.plan, node.args[1]))
            kind = show.kind_name(type(value))
            sentence = "%s %s %s, which is of type %s, expected type %s" % (
                self.text(first),
                gave(first),
                show.quoted(actual),
                show.quoted(kind),
                show.quoted(wanted),
            )
            return wanted, kind, sentence
        return "True", "False", "%s was False, with %s being %s" % (self.text(node), self.text(first), show.quoted(actual))

    def say_truth(self, node, parts):
        actual = show.value(self.value(parts[0]))
        sentence = "%s %s %s, expected %s" % (
            self.text(node),
            gave(node),
            show.quoted(actual),
            "`True`" if actual == "False" else "something true",
        )
        return "True", actual, sentence


def is_unset(value):
    return type(value).__name__ == "Checks" and type(value).__module__.endswith("grading.checks")


def gave(node):
    return "gave" if isinstance(node, (ast.Call, ast.Await)) else "was"


def weight(use, node):
    """How much a side looks like the learner's answer."""
    if use.calls_learners(node):
        return 3
    name = root(node)
    if name in use.learners or name == "output":
        return 2
    return 0


def difference(first, second):
    """A short hint about what differs, or nothing."""
    kinds = type(first), type(second)
    if kinds[0] is not kinds[1]:
        if all(kind.__module__ == "builtins" for kind in kinds) and None not in (first, second):
            return " (type %s, expected type %s)" % (show.kind_name(kinds[0]), show.kind_name(kinds[1]))
        return ""
    if kinds[0] is str:
        if first.strip() == second.strip():
            return " (only the white space around it differs)"
        if first.casefold() == second.casefold():
            return " (only upper and lower case differ)"
    if kinds[0] in (str, list, tuple) and max(len(first), len(second)) > (_LONG if kinds[0] is str else 5):
        for index, pair in enumerate(zip(first, second)):
            if pair[0] != pair[1]:
                if kinds[0] is str:
                    line = first.count("\n", 0, index) + 1
                    where = "in line %d" % line if "\n" in second else "at position %d" % (index + 1)
                    around = [show.quoted(show.value(each[max(index - 10, 0) : index + 15])) for each in (first, second)]
                    return " (the first difference is %s: %s, expected %s)" % (where, *around)
                return " (the first difference is at index %d)" % index
        return " (it has %d items, expected %d)" % (len(first), len(second)) if kinds[0] is not str else ""
    return ""
