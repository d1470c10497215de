"""Which calls of the learner's functions are certain to come, whatever they give.

A question and its answer take two processes' wake-ups each way. The first asserts of a text often call one function each,
with literals alone: these calls go out together with the question to load the program, which makes them one after the other
and sends each answer as it has it. The tests take the answers where they would have asked.

Nothing may be different for it: a call is foreseen only if its assert evaluates it in any case, at once, and asks the
program nothing else. The program's side stops at the first answer after which a test might ask something else
(`learner.py`), and says so with it.
"""

import ast

from .names import chain

# Do nothing with the answer but compute: asked of plain values only, or else the program's side has stopped.
_COMPUTE = frozenset("abs all any bool dict float frozenset int len list max min round set sorted str sum tuple type".split())
_HARMLESS = (
    *(ast.Compare, ast.UnaryOp, ast.BinOp, ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict),
    *(ast.Attribute, ast.Subscript, ast.Slice),
)
_CALLS_MAX = 200


def calls(plan):
    """`(names, [(name, arguments, named arguments)])`: the calls in their order, and the names that have to be functions or
    classes of the learner's for it to be so."""
    use = plan.use
    found = []
    if use.stars:
        return [], found
    needed = set(use.free) - {"output"}
    for step in plan.steps:
        if step[0] == "assert":
            call = _only_call(step[1], use) if len(found) < _CALLS_MAX else None
            if call is None:
                break
            found.append(call)
        elif not all(_is_quiet(node, use, needed) for node in step[1]):
            break
    return sorted(needed.union(name for name, _, _ in found)), found


def _is_quiet(node, use, needed):
    """Whether a statement before the asserts asks the program nothing: texts, and imports of what is there."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.ImportFrom) and node.module in use.modules and not node.level:
        needed.update(each.name for each in node.names)
        return True
    return isinstance(node, ast.Import) and all(each.name in use.modules for each in node.names)


def _only_call(node, use):
    """The one call of the learner's in an assert, if that is all that the program is asked."""
    if node.msg is not None and not isinstance(node.msg, ast.Constant):
        return None
    found = []
    todo = [node.test]
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Call):
            name = _learners_function(each.func, use)
            if name is not None:
                found.append((name, each))
                continue
            if isinstance(each.func, ast.Attribute):
                # A method of an answer, or of a literal.
                todo.append(each.func.value)
            elif not isinstance(each.func, ast.Name) or each.func.id not in _COMPUTE or each.func.id in use.bound:
                return None
            if each.keywords:
                return None
            todo += each.args
        elif not isinstance(each, _HARMLESS) or isinstance(each, ast.Compare) and len(each.ops) > 1:
            return None
        else:
            todo += [inner for inner in ast.iter_child_nodes(each) if isinstance(inner, ast.expr)]
    if len(found) != 1:
        return None
    name, call = found[0]
    try:
        args = [ast.literal_eval(each) for each in call.args]
        named = {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg is not None}
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    if len(named) != len(call.keywords):
        return None
    return name, args, named


def _learners_function(node, use):
    """`area`, or `area` of `starter.area`."""
    path = chain(node)
    if path is None or isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name):
        return None
    if path in use.free:
        return path
    module, _, name = use.meaning(path).partition(".")
    if module not in use.modules or not name or "." in name:
        return None
    # Bound by nothing but an import, or a module of the learner's that is used without one.
    bound = path.partition(".")[0]
    return name if bound in use.imported or bound in use.modules_used else None
