"""Rewrites the tests' asserts so that a failing one can say what was compared; everything is evaluated once.

    assert f(x) == 3, "why"      if not ((_checked_0 := f(x)) == 3):
                                     raise __checks__.failed(number, (_checked_0,), "why")
"""

import ast

from .names import chain

CHECKS = "__checks__"
_TYPE_TESTS = ("isinstance", "issubclass", "hasattr", "callable")
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_UNSAFE = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


class Checks:
    """Known to the rewritten tests as `__checks__`."""

    def __init__(self, star=None):
        self.star = star

    copy = staticmethod(list)

    @staticmethod
    def failed(number, values, *message):
        error = AssertionError(*message)
        error._check = (number, values)
        return error


class Rewriter:
    def __init__(self, plan, replaces_stars):
        self.plan = plan
        self.use = plan.use
        self.replaces_stars = replaces_stars

    def statements(self, body):
        """The list with its asserts replaced, at any depth."""
        out = []
        for node in body:
            if isinstance(node, ast.Assert):
                self.stand_at(node)
                out += self.check(node)
                continue
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(node, field, None)
                if inner:
                    setattr(node, field, self.statements(inner))
            for field in ("handlers", "cases"):
                for inner in getattr(node, field, ()):
                    inner.body = self.statements(inner.body)
            self.stand_at(node)
            if isinstance(node, ast.ImportFrom):
                out += self.star(node)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                out += self.call(node)
            else:
                out.append(node)
        return out

    def stand_at(self, node):
        """What is made from here on stands for this statement."""
        self.place = {name: getattr(node, name) for name in _PLACE}

    def make(self, kind, *fields):
        node = kind(*fields)
        node.__dict__.update(self.place)
        return node

    def read(self, name):
        return self.make(ast.Name, name, ast.Load())

    def set(self, name, value):
        return self.make(ast.Assign, [self.make(ast.Name, name, ast.Store())], value)

    def star(self, node):
        if not self.replaces_stars or node.module not in self.use.modules or node.names[0].name != "*":
            return [node]
        return [self.make(ast.Expr, self.ask("star", self.make(ast.Constant, node.module)))]

    def ask(self, name, *args):
        """A call of one of the functions of `Checks`."""
        function = self.make(ast.Attribute, self.read(CHECKS), name, ast.Load())
        return self.make(ast.Call, function, list(args), [])

    # Asserts.

    def check(self, node):
        number = len(self.plan.checks)
        slots = []
        hoisted = []
        test = node.test
        for compare in compares(test):
            hoisted += self.hoist_all([compare.left, *compare.comparators], slots, compare is test)
        count = len(slots)
        condition, spec = self.watch(test, slots, dict(hoisted))
        self.plan.checks.append((node, spec))
        out = [self.set(name, value) for value, name in hoisted]
        if isinstance(test, ast.BoolOp) or isinstance(test, ast.Compare) and len(test.ops) > 1:
            # Not all of it may be evaluated.
            out += [self.set(name, self.read(CHECKS)) for name in slots[count:]]
        values = self.make(ast.Tuple, [self.read(name) for name in slots], ast.Load())
        error = self.ask("failed", self.make(ast.Constant, number), values)
        if node.msg is not None:
            error.args.append(node.msg)
        fails = self.make(ast.UnaryOp, ast.Not(), condition)
        out.append(self.make(ast.If, fails, [self.make(ast.Raise, error, None)], []))
        return out

    def watch(self, node, slots, known, inside=False):
        """(the expression with its parts kept, what is known about it: (kind, node, parts))."""
        if isinstance(node, ast.Compare):
            parts = [self.keep(each, slots, known) for each in (node.left, *node.comparators)]
            new = self.make(ast.Compare, parts[0][0], node.ops, [each[0] for each in parts[1:]])
            spec = ("compare", node, [each[1] for each in parts])
            return self.result(new, spec, slots, inside)
        if isinstance(node, ast.BoolOp):
            parts = [self.watch(each, slots, known, True) for each in node.values]
            new = self.make(ast.BoolOp, node.op, [each[0] for each in parts])
            return self.result(new, ("bool", node, [each[1] for each in parts]), slots, inside)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            new, spec = self.keep(node.operand, slots, known)
            new = self.make(ast.UnaryOp, node.op, new)
            return self.result(new, ("not", node, [spec]), slots, inside)
        if isinstance(node, ast.Call) and chain(node.func) in _TYPE_TESTS and node.args and not node.keywords:
            if not isinstance(node.args[0], ast.Starred):
                first, spec = self.keep(node.args[0], slots, known)
                new = self.make(ast.Call, node.func, [first, *node.args[1:]], [])
                return self.result(new, ("type", node, [spec]), slots, inside)
        new, spec = self.keep(node, slots, known)
        return new, ("truth", node, [spec], spec)

    def result(self, new, spec, slots, inside):
        """Within `and` and `or` it has to be known what each part gave."""
        if not inside:
            return new, spec
        new, slot = self.slot(new, slots)
        return new, spec + (slot,)

    def keep(self, node, slots, known):
        """(the operand, its value kept in a variable; what it is: a constant or the number of its slot)."""
        if isinstance(node, ast.Constant):
            return node, ("constant", node.value)
        name = known.get(node)
        if name is not None:
            return self.read(name), ("slot", slots.index(name))
        return self.slot(node, slots)

    def slot(self, node, slots):
        name = "_checked_%d" % len(slots)
        slots.append(name)
        new = self.make(ast.NamedExpr, self.make(ast.Name, name, ast.Store()), node)
        return new, ("slot", len(slots) - 1)

    # The order of evaluation.

    def hoist_all(self, operands, slots, is_certain=True):
        """The operands that must not see what the learner's call in an earlier one does to a variable. Where it is not
        certain that they are evaluated at all, only calls: what else is there could fail."""
        found = []
        for place, first in enumerate(operands):
            for second in operands[place + 1 :]:
                if isinstance(second, (ast.Name, ast.Constant)) or any(second is each for each, _ in found):
                    continue
                if (is_certain or isinstance(second, ast.Call)) and self.is_touched(first, second):
                    name = "_checked_%d" % len(slots)
                    slots.append(name)
                    found.append((second, name))
        return found

    def is_touched(self, first, second):
        touched = set()
        for each in ast.walk(first):
            if isinstance(each, _UNSAFE):
                return False
            if self.use.is_learners_call(each):
                for argument in (*each.args, *(item.value for item in each.keywords)):
                    touched |= variables(argument)
        if not touched or self.use.calls_learners(second):
            return False
        return bool(touched & variables(second)) and not any(isinstance(each, _UNSAFE) for each in ast.walk(second))

    def call(self, node):
        """`self.assertEqual(f(x), sorted(x))`"""
        call = node.value
        if not isinstance(call.func, ast.Attribute) or not call.func.attr.startswith("assert"):
            return [node]
        if any(isinstance(each, ast.Starred) for each in call.args):
            return [node]
        slots, before = [], []
        hoisted = self.hoist_all(call.args[:2], slots)
        for each in call.args:
            for compare in compares(each):
                hoisted += self.hoist_all([compare.left, *compare.comparators], slots, compare is each)
        args = [Replace(dict(hoisted)).visit(each) for each in call.args]
        before = [self.set(name, value) for value, name in hoisted]
        second = args[1] if len(args) > 1 else None
        if call.func.attr == "assertCountEqual" and isinstance(second, ast.Name) and self.is_touched(args[0], second):
            # The same list, as it was before the call.
            name = "_checked_%d" % len(slots)
            before.append(self.set(name, self.ask("copy", second)))
            args[1] = self.read(name)
        if not before:
            return [node]
        changed = self.make(ast.Call, call.func, args, call.keywords)
        return [*before, self.make(ast.Expr, changed)]


class Replace(ast.NodeTransformer):
    """Puts a variable in the place of each of some expressions."""

    def __init__(self, names):
        self.names = names

    def visit(self, node):
        name = self.names.get(node)
        return self.generic_visit(node) if name is None else ast.copy_location(ast.Name(name, ast.Load()), node)


def compares(node):
    """The comparisons in an expression that are evaluated where it stands."""
    if isinstance(node, ast.Compare):
        yield node
    elif isinstance(node, ast.BoolOp):
        for each in node.values:
            yield from compares(each)
    elif isinstance(node, ast.UnaryOp):
        yield from compares(node.operand)


def variables(node):
    """The variables in an expression: `x`, and `self.x` as a whole."""
    found = set()
    names = [node]
    while names:
        each = names.pop()
        if isinstance(each, ast.Attribute):
            name = chain(each)
            if name and name.startswith("self."):
                found.add(".".join(name.split(".")[:2]))
                continue
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
            names += each.args
            names += each.keywords
            continue
        names += ast.iter_child_nodes(each)
    return found
