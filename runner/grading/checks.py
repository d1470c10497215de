"""Rewrites the tests' asserts so that a failing one can say what was compared; everything is evaluated once.

    assert f(x) == 3, "why"      if not ((_checked_0 := f(x)) == 3):
                                     raise __checks__.failed(number, (_checked_0,), "why")
"""

import ast

from .names import chain

CHECKS = "__checks__"
_TYPE_TESTS = ("isinstance", "issubclass", "hasattr", "callable")
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
                out += self.check(node)
                continue
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(node, field, None)
                if inner:
                    setattr(node, field, self.statements(inner))
            for field in ("handlers", "cases"):
                for inner in getattr(node, field, ()):
                    inner.body = self.statements(inner.body)
            if isinstance(node, ast.ImportFrom):
                out += self.star(node)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                out += self.call(node)
            else:
                out.append(node)
        return out

    def star(self, node):
        if not self.replaces_stars or node.module not in self.use.modules or node.names[0].name != "*":
            return [node]
        call = ast.Call(self.attribute("star"), [ast.Constant(node.module)], [])
        return place([ast.Expr(call)], node)

    def attribute(self, name):
        return ast.Attribute(ast.Name(CHECKS, ast.Load()), name, ast.Load())

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
        out = [ast.Assign([ast.Name(name, ast.Store())], value) for value, name in hoisted]
        if isinstance(test, ast.BoolOp) or isinstance(test, ast.Compare) and len(test.ops) > 1:
            # Not all of it may be evaluated.
            for name in slots[count:]:
                out.append(ast.Assign([ast.Name(name, ast.Store())], ast.Name(CHECKS, ast.Load())))
        values = ast.Tuple([ast.Name(name, ast.Load()) for name in slots], ast.Load())
        error = ast.Call(self.attribute("failed"), [ast.Constant(number), values], [])
        if node.msg is not None:
            error.args.append(node.msg)
        out.append(ast.If(ast.UnaryOp(ast.Not(), condition), [ast.Raise(error, None)], []))
        return place(out, node)

    def watch(self, node, slots, known, inside=False):
        """(the expression with its parts kept, what is known about it: (kind, node, parts))."""
        if isinstance(node, ast.Compare):
            parts = [self.keep(each, slots, known) for each in (node.left, *node.comparators)]
            new = ast.Compare(parts[0][0], node.ops, [each[0] for each in parts[1:]])
            spec = ("compare", node, [each[1] for each in parts])
            return self.result(new, spec, slots, inside)
        if isinstance(node, ast.BoolOp):
            parts = [self.watch(each, slots, known, True) for each in node.values]
            new = ast.BoolOp(node.op, [each[0] for each in parts])
            return self.result(new, ("bool", node, [each[1] for each in parts]), slots, inside)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            new, spec = self.keep(node.operand, slots, known)
            new = ast.UnaryOp(node.op, new)
            return self.result(new, ("not", node, [spec]), slots, inside)
        if isinstance(node, ast.Call) and chain(node.func) in _TYPE_TESTS and node.args and not node.keywords:
            if not isinstance(node.args[0], ast.Starred):
                first, spec = self.keep(node.args[0], slots, known)
                new = ast.Call(node.func, [first, *node.args[1:]], [])
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
            return ast.Name(name, ast.Load()), ("slot", slots.index(name))
        return self.slot(node, slots)

    def slot(self, node, slots):
        name = "_checked_%d" % len(slots)
        slots.append(name)
        new = ast.NamedExpr(ast.Name(name, ast.Store()), node)
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
        before = [ast.Assign([ast.Name(name, ast.Store())], value) for value, name in hoisted]
        second = args[1] if len(args) > 1 else None
        if call.func.attr == "assertCountEqual" and isinstance(second, ast.Name) and self.is_touched(args[0], second):
            # The same list, as it was before the call.
            name = "_checked_%d" % len(slots)
            before.append(ast.Assign([ast.Name(name, ast.Store())], ast.Call(self.attribute("copy"), [second], [])))
            args[1] = ast.Name(name, ast.Load())
        if not before:
            return [node]
        changed = ast.Call(call.func, args, call.keywords)
        return place([*before, ast.Expr(changed)], node)


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


def place(nodes, old):
    """Gives new nodes the place of the statement that they stand for; nodes of the tests have one already."""
    where = (old.lineno, old.col_offset, old.end_lineno, old.end_col_offset)
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.expr, ast.stmt, ast.keyword)):
            if hasattr(node, "lineno"):
                continue
            node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = where
        stack += children(node)
    return nodes


def children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            for each in value:
                if isinstance(each, ast.AST):
                    yield each
        elif isinstance(value, ast.AST):
            yield value
